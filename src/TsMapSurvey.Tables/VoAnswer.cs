using static TsMapSurvey.Tables.VoTable;

namespace TsMapSurvey.Tables;

/// <summary>
/// The answer of a service of the Virtual Observatory as VOTable 1.4: a status (DALI 1.1, section 4.4), at most one table of results, and
/// services for its rows.
/// </summary>
/// <param name="Table">Null: none, for errors.</param>
public sealed record VoAnswer(DataTable? Table)
{
    public const string ContentType = "application/x-votable+xml";

    private const string Status = "QUERY_STATUS";

    /// <summary>Further elements INFO at the beginning of the results.</summary>
    public IReadOnlyList<VoInfo> Infos { get; init; } = [];

    /// <summary>Elements INFO outside the results, where Simple Cone Search has its error.</summary>
    public IReadOnlyList<VoInfo> OuterInfos { get; init; } = [];

    /// <summary>Why there is no result; null: there is one.</summary>
    public string? Error { get; init; }

    /// <summary>Whether there are more rows than the table has.</summary>
    public bool IsOverflow { get; init; }

    public IReadOnlyList<VoService> Services { get; init; } = [];

    public byte[] Format() => VoTable.Document(xml =>
    {
        foreach (var info in OuterInfos) WriteInfo(xml, info);
        Start(xml, "RESOURCE");
        xml.WriteAttributeString("type", "results");
        WriteInfo(xml, new VoInfo(Status, Error is null ? "OK" : "ERROR", Error));
        foreach (var info in Infos) WriteInfo(xml, info);
        if (Table is not null) WriteTable(xml, Table);
        if (IsOverflow) WriteInfo(xml, new VoInfo(Status, "OVERFLOW", "There are more rows; see MAXREC"));
        xml.WriteEndElement();
        foreach (var service in Services) service.Write(xml);
    });
}
