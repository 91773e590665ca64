# Completion of keras-scaffold for PowerShell (5.1 and later). Load it in $PROFILE.
#
# The command prints the candidates, one per line: the kind, the value and a description,
# separated by tabs. It receives the words of the line, one per line, without quotes.

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
        $kind, $value, $description = $line -split "`t"
        if (-not $value) { continue }
        if (-not $description) { $description = $value }
        $type = if ($kind -eq 'path') { 'ProviderItem' } else { 'ParameterValue' }
        $inserted = $value
        if ($value -match '[^\w./\\:=,~-]') { $inserted = "'" + $value.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($inserted, $value, $type, $description)
    }
}
