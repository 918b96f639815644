namespace TsMapSurvey.Sky;

/// <summary>A header, grid or tile that cannot be used; made only by <see cref="SkyErrors"/>.</summary>
public sealed class SkyException : Exception
{
    internal SkyException(string message, string? keyword = null) : base(message) => Keyword = keyword;

    /// <summary>The FITS keyword at fault, or null where the failure is not about a header.</summary>
    public string? Keyword { get; }
}
