# Completion of keras-scaffold for PowerShell (5.1 and later), to be a part of $PROFILE.
#
# The command itself says what fits, one candidate a line: its kind, the word, and what
# it is, with tabs between them. It is given the words one a line, without their quotes.

Register-ArgumentCompleter -Native -CommandName keras-scaffold -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $lastEnd = 0
    $words = @(foreach ($element in $commandAst.CommandElements) {
        if ($element.Extent.StartOffset -ge $cursorPosition) { break }
        $lastEnd = $element.Extent.EndOffset
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $element.Value
        } else {
            $element.Extent.Text
        }
    })
    if ($lastEnd -lt $cursorPosition) { $words += '' }

    $before = $env:_KERAS_SCAFFOLD_COMPLETE, $env:_KERAS_SCAFFOLD_LINE, $env:_KERAS_SCAFFOLD_WORD
    try {
        $env:_KERAS_SCAFFOLD_COMPLETE = 'powershell_complete'
        $env:_KERAS_SCAFFOLD_LINE = $words -join "`n"
        $env:_KERAS_SCAFFOLD_WORD = $wordToComplete
        $lines = @(& $words[0] 2>$null)
    } finally {
        $env:_KERAS_SCAFFOLD_COMPLETE, $env:_KERAS_SCAFFOLD_LINE, $env:_KERAS_SCAFFOLD_WORD = $before
    }

    foreach ($line in $lines) {
        $kind, $word, $about = $line -split "`t"
        if (-not $word) { continue }
        if (-not $about) { $about = $word }
        $type = if ($kind -eq 'path') { 'ProviderItem' } else { 'ParameterValue' }
        $inserted = $word
        if ($word -match '[^\w./\\:=,~-]') { $inserted = "'" + $word.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($inserted, $word, $type, $about)
    }
}
