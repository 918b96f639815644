using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TsMapSurvey.Contracts;

/// <summary>
/// Where a page of candidates ended. Candidates are in order of significance, of equal ones by tile and right ascension, so that the place
/// stays where it is when others come or go.
/// </summary>
[GenerateSerializer, Immutable, Alias("tsmap.CandidatePlace")]
public sealed record CandidatePlace([property: Id(0)] double SqrtTs, [property: Id(1)] string Tile, [property: Id(2)] double RaDeg)
    : IParsable<CandidatePlace>
{
    private const char Between = '_';

    public static CandidatePlace Of(Candidate candidate) => new(candidate.SqrtTs, candidate.Tile, candidate.RaDeg);

    /// <summary>Whether the candidate comes after this place.</summary>
    public bool IsBefore(Candidate candidate)
    {
        if (candidate.SqrtTs != SqrtTs) return candidate.SqrtTs < SqrtTs;
        var tiles = string.CompareOrdinal(Tile, candidate.Tile);
        return tiles != 0 ? tiles < 0 : RaDeg < candidate.RaDeg;
    }

    /// <summary>One word, which <see cref="TryParse"/> reads back exactly.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SqrtTs:R}{Between}{Tile}{Between}{RaDeg:R}");

    /// <exception cref="FormatException">The text is not one that <see cref="ToString"/> writes.</exception>
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
