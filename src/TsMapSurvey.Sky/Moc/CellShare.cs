namespace TsMapSurvey.Sky;

/// <summary>How much of a cell belongs to a region (<see cref="Moc.Where"/>).</summary>
public enum CellShare
{
    None,

    /// <summary>It depends on the cell's parts. At the maximal order the cell belongs to the region.</summary>
    Some,

    All,
}
