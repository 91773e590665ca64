#compdef keras-scaffold
# Completion of keras-scaffold for zsh, to be a file `_keras-scaffold` in a directory of
# $fpath, or to be evaluated behind compinit: eval "$(keras-scaffold completion zsh)"
#
# The command itself says what fits, one candidate a line: its kind, the word, and what
# it is, with tabs between them.

_keras_scaffold() {
    local -a fields words_said open files directories
    local line program=${(Q)words[1]}
    local typed="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    # What stands before the sign of --option=value stays as it is.
    [[ $PREFIX == -*=* ]] && compset -P '*='
    for line in "${(@f)$(
        _KERAS_SCAFFOLD_COMPLETE=zsh_complete \
        _KERAS_SCAFFOLD_LINE=$typed \
        ${program/#\~\//$HOME/} 2> /dev/null
    )}"; do
        fields=("${(@ps:\t:)line}")
        case $fields[1] in
            word) words_said+=("${fields[2]//:/\\:}${fields[3]:+:$fields[3]}") ;;
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
    # Names that are typed in another case fit as well.
    local -a anyhow=(-M 'm:{a-zA-Z}={A-Za-z}')
    local -i ret=1
    (( $#words_said )) && _describe -V keras-scaffold words_said $anyhow && ret=0
    (( $#open )) && _describe -V keras-scaffold open $anyhow -S '' && ret=0
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
