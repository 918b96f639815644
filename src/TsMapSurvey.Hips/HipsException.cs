namespace TsMapSurvey.Hips;

/// <summary>A file that is not what it should be; only <see cref="HipsErrors"/> creates it.</summary>
public sealed class HipsException : Exception
{
    internal HipsException(string message)
        : base(message)
    {
    }
}
