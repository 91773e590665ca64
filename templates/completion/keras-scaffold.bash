# Completion of keras-scaffold for bash: eval "$(keras-scaffold completion bash)"
#
# The command prints the candidates, one per line: the kind, the value and a description,
# separated by tabs.
# Bash before 4.4 (macOS has 3.2) does not support `nosort` and `nospace`: it sorts the
# candidates, and adds a space after name=.

_keras_scaffold() {
    local kind value reply
    # bash also splits words at = and :, so pass the unsplit line.
    reply=$(
        _KERAS_SCAFFOLD_COMPLETE=bash_complete \
        _KERAS_SCAFFOLD_LINE=${COMP_LINE:0:$COMP_POINT} \
        _KERAS_SCAFFOLD_WORD=$2 \
        "${1/#\~\//$HOME/}" 2> /dev/null
    )
    COMPREPLY=()
    while IFS=$'\t' read -r kind value _; do
        case $kind in
            path) compopt -o filenames 2> /dev/null ;;
            open) compopt -o nospace 2> /dev/null ;;
            word) ;;
            *) continue ;;
        esac
        COMPREPLY+=("$value")
    done <<< "$reply"
}

complete -o nosort -F _keras_scaffold keras-scaffold 2> /dev/null ||
    complete -o filenames -F _keras_scaffold keras-scaffold
