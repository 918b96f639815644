namespace TsMapSurvey.Sky;

/// <summary>A header, grid or tile is invalid. <see cref="SkyErrors"/> has all messages.</summary>
public sealed class SkyException : Exception
{
    internal SkyException(string message, string? keyword = null) : base(message) => Keyword = keyword;

    /// <summary>The invalid FITS keyword, or null if the failure is not about a header.</summary>
    public string? Keyword { get; }
}
