namespace TsMapSurvey.Estimators;

/// <summary>The names of gammapy's selection_optional.</summary>
public static class SelectionNames
{
    private static readonly (string Name, TsMapSelection Selection)[] Names =
    [
        ("errn-errp", TsMapSelection.ErrnErrp), ("ul", TsMapSelection.Ul), ("stat_scan", TsMapSelection.StatScan),
        ("sensitivity", TsMapSelection.Sensitivity), ("all", TsMapSelection.All),
    ];

    public static IReadOnlyList<string> Known { get; } = [.. Names.Select(known => known.Name)];

    /// <summary>The selection with a name; null for an unknown name.</summary>
    public static TsMapSelection? Find(string word) =>
        Names.Where(known => known.Name == word).Select(known => (TsMapSelection?)known.Selection).FirstOrDefault();

    /// <summary>The names of the parts of a selection.</summary>
    public static IEnumerable<string> Of(TsMapSelection selection) =>
        Names.Where(known => known.Selection != TsMapSelection.All && selection.HasFlag(known.Selection)).Select(known => known.Name);
}
