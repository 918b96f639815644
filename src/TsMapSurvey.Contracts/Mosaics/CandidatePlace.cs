using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TsMapSurvey.Contracts;

/// <summary>
/// The position after which a page of candidates starts. Candidates are ordered by significance, then tile, then right ascension. The
/// position is the last candidate's sort key, not an index: it stays valid when other candidates appear or vanish.
/// </summary>
[GenerateSerializer, Immutable, Alias("tsmap.CandidatePlace")]
public sealed record CandidatePlace([property: Id(0)] double SqrtTs, [property: Id(1)] string Tile, [property: Id(2)] double RaDeg)
    : IParsable<CandidatePlace>
{
    private const char Between = '_';

    public static CandidatePlace Of(Candidate candidate) => new(candidate.SqrtTs, candidate.Tile, candidate.RaDeg);

    /// <summary>Whether the candidate comes after this position.</summary>
    public bool IsBefore(Candidate candidate)
    {
        if (candidate.SqrtTs != SqrtTs) return candidate.SqrtTs < SqrtTs;
        var tiles = string.CompareOrdinal(Tile, candidate.Tile);
        return tiles != 0 ? tiles < 0 : RaDeg < candidate.RaDeg;
    }

    /// <summary>Round-trips exactly through <see cref="TryParse"/>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SqrtTs:R}{Between}{Tile}{Between}{RaDeg:R}");

    /// <exception cref="FormatException">The text is not SQRT_TS_TILE_RA.</exception>
    public static CandidatePlace Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var place) ? place : throw new FormatException($"found '{s}', expected SQRT_TS{Between}TILE{Between}RA");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out CandidatePlace result)
    {
        var parts = s?.Split(Between) ?? [];
        result = parts.Length == 3 && TryNumber(parts[0], out var sqrtTs) && TryNumber(parts[2], out var ra)
            ? new CandidatePlace(sqrtTs, parts[1], ra) : null;
        return result is not null;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
