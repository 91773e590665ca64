#compdef keras-scaffold
# Completion of keras-scaffold for zsh. Save it as `_keras-scaffold` in a directory of
# $fpath, or evaluate it after compinit: eval "$(keras-scaffold completion zsh)"
#
# The command prints the candidates, one per line: the kind, the value and a description,
# separated by tabs.

_keras_scaffold() {
    local -a fields plain open files directories
    local line program=${(Q)words[1]}
    local typed="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    # Keep the prefix `--option=` of `--option=value`.
    [[ $PREFIX == -*=* ]] && compset -P '*='
    for line in "${(@f)$(
        _KERAS_SCAFFOLD_COMPLETE=zsh_complete \
        _KERAS_SCAFFOLD_LINE=$typed \
        ${program/#\~\//$HOME/} 2> /dev/null
    )}"; do
        fields=("${(@ps:\t:)line}")
        case $fields[1] in
            word) plain+=("${fields[2]//:/\\:}${fields[3]:+:$fields[3]}") ;;
            open) open+=("${fields[2]//:/\\:}${fields[3]:+:$fields[3]}") ;;
            path)
                if [[ $fields[2] == */ ]]; then
                    directories+=("${${fields[2]%/}##*/}")
                else
                    files+=("${fields[2]##*/}")
                fi
                ;;
        esac
    done
    # Match names in any case.
    local -a any_case=(-M 'm:{a-zA-Z}={A-Za-z}')
    local -i ret=1
    (( $#plain )) && _describe -V keras-scaffold plain $any_case && ret=0
    (( $#open )) && _describe -V keras-scaffold open $any_case -S '' && ret=0
    if (( $#files || $#directories )); then
        compset -P '*/'
        (( $#files )) && compadd -V files -- "${(@)files}" && ret=0
        (( $#directories )) && compadd -V files -S / -- "${(@)directories}" && ret=0
    fi
    return ret
}

if [[ $funcstack[1] == _keras-scaffold ]]; then  # called as a file of $fpath
    _keras_scaffold "$@"
else
    compdef _keras_scaffold keras-scaffold
fi
