# Completion of keras-scaffold for bash: eval "$(keras-scaffold completion bash)"
#
# The command itself says what fits, one candidate a line: its kind, the word, and what
# it is, with tabs between them.
# Bash before 4.4 (macOS has 3.2) cannot keep the order or tell words from files: there
# the alphabet orders, and what follows a name= is one blank too far.

_keras_scaffold() {
    local kind word reply
    # bash would cut the words at = and : as well, so the line is handed on as it is.
    reply=$(
        _KERAS_SCAFFOLD_COMPLETE=bash_complete \
        _KERAS_SCAFFOLD_LINE=${COMP_LINE:0:$COMP_POINT} \
        _KERAS_SCAFFOLD_WORD=$2 \
        "${1/#\~\//$HOME/}" 2> /dev/null
    )
    COMPREPLY=()
    while IFS=$'\t' read -r kind word _; do
        case $kind in
            path) compopt -o filenames 2> /dev/null ;;
            open) compopt -o nospace 2> /dev/null ;;
            word) ;;
            *) continue ;;
        esac
        COMPREPLY+=("$word")
    done <<< "$reply"
}

complete -o nosort -F _keras_scaffold keras-scaffold 2> /dev/null ||
    complete -o filenames -F _keras_scaffold keras-scaffold
