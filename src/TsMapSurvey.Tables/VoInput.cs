namespace TsMapSurvey.Tables;

/// <summary>A parameter that a client sends to a service.</summary>
/// <param name="Type">VOTable's datatype: char, double, ...</param>
/// <param name="ArraySize">Null: one value.</param>
public sealed record VoInput(string Name, string Type, string? ArraySize, string Description)
{
    /// <summary>XML ID of the field whose value of a row is sent; null: the client chooses the value.</summary>
    public string? Ref { get; init; }

    public string? Unit { get; init; }

    public string? XType { get; init; }

    public string? Ucd { get; init; }

    /// <summary>The value if the client changes nothing.</summary>
    public string Value { get; init; } = "";
}
