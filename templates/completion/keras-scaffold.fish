# Completion of keras-scaffold for fish. Save it as
# ~/.config/fish/completions/keras-scaffold.fish
#
# The command prints the candidates, one per line: the value, a tab, and a description.
# fish adds no space after a value that ends in / or =.

function __keras_scaffold_complete
    set -l program (string replace --regex '^~/' "$HOME/" -- (commandline -opc)[1])
    env _KERAS_SCAFFOLD_COMPLETE=fish_complete \
        _KERAS_SCAFFOLD_LINE=(commandline -cp | string collect) \
        $program 2>/dev/null
end

complete --command keras-scaffold --no-files --keep-order \
    --arguments '(__keras_scaffold_complete)'
