namespace TsMapSurvey.Tables;

/// <summary>A table that cannot be written as it was asked for; made only by <see cref="TableErrors"/>.</summary>
public sealed class TableException : Exception
{
    internal TableException(string message)
        : base(message)
    {
    }
}
