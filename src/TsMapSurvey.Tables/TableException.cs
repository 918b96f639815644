namespace TsMapSurvey.Tables;

/// <summary>A table cannot be written in the requested way. <see cref="TableErrors"/> has all messages.</summary>
public sealed class TableException : Exception
{
    internal TableException(string message)
        : base(message)
    {
    }
}
