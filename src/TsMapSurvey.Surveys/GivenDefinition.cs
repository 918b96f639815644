namespace TsMapSurvey.Surveys;

/// <summary>
/// Files or blobs with what event lists without responses lack: the property <c>given</c> of <c>events</c> in survey.json. They are those
/// of all event lists of the survey together.
/// </summary>
public sealed record GivenDefinition
{
    /// <summary>Effective area times time, at energies.</summary>
    public required string Exposure { get; init; }

    /// <summary>At least one; they are added. Expected events for each pixel, or a flux.</summary>
    public required IReadOnlyList<string> Backgrounds { get; init; }

    /// <summary>As gtpsf writes it.</summary>
    public required string Psf { get; init; }

    /// <summary>The good time of all event lists together in seconds, of which each has its share; null: the survey has one event list.
    /// </summary>
    public double? TotalTimeS { get; init; }

    /// <summary>Records compare lists by identity.</summary>
    public bool Equals(GivenDefinition? other) => other is not null && Exposure == other.Exposure && Psf == other.Psf
        && TotalTimeS == other.TotalTimeS && Backgrounds.SequenceEqual(other.Backgrounds);

    public override int GetHashCode() => HashCode.Combine(Exposure, Psf, TotalTimeS, Backgrounds.Count);

    /// <summary>All files, in the order in which they are read.</summary>
    public IEnumerable<string> Files() => [Exposure, .. Backgrounds, Psf];

    /// <summary>The same with other names of the files.</summary>
    public GivenDefinition Renamed(Func<string, string> name) => this with
    { Exposure = name(Exposure), Backgrounds = [.. Backgrounds.Select(name)], Psf = name(Psf) };
}
