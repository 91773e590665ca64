# Completion of keras-scaffold for fish, to be the file
# ~/.config/fish/completions/keras-scaffold.fish
#
# The command itself says what fits: a word a line, and behind a tab what it is. After a
# word that ends in / or = fish sets no blank.

function __keras_scaffold_complete
    set -l program (string replace --regex '^~/' "$HOME/" -- (commandline -opc)[1])
    env _KERAS_SCAFFOLD_COMPLETE=fish_complete \
        _KERAS_SCAFFOLD_LINE=(commandline -cp | string collect) \
        $program 2>/dev/null
end

complete --command keras-scaffold --no-files --keep-order \
    --arguments '(__keras_scaffold_complete)'
