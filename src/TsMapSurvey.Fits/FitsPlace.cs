namespace TsMapSurvey.Fits;

/// <summary>The file and HDU that an error message names.</summary>
internal readonly record struct FitsPlace(string File, int? HduIndex = null, string HduName = "")
{
    public static FitsPlace None { get; } = new("");

    public static string DescribeHdu(int? index, string name) =>
        index is null ? "" : name.Length == 0 ? $"HDU {index}" : $"HDU {index} '{name}'";

    public string Describe(string message)
    {
        var hdu = DescribeHdu(HduIndex, HduName ?? "");
        return (File?.Length > 0, hdu.Length > 0) switch
        {
            (true, true) => $"{File}, {hdu}: {message}",
            (true, false) => $"{File}: {message}",
            (false, true) => $"{hdu}: {message}",
            _ => message,
        };
    }
}
