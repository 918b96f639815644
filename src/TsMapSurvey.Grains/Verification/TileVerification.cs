namespace TsMapSurvey.Grains.Verification;

/// <summary>How a tile's stored stack compares with the observations of its ledger.</summary>
/// <param name="Tile">Or what is no tile's: <see cref="Records"/>, <see cref="Published"/>.</param>
/// <param name="Revision">Of the stack that was looked at; after a repair, of the new one.</param>
/// <param name="LargestRelative">The largest relative difference of a sum; null where there was nothing to compare.</param>
/// <param name="Problems">What was wrong; empty when all is well.</param>
/// <param name="Repaired">Whether none of the problems is left.</param>
public sealed record TileVerification(
    string Tile, long Revision, int Observations, double? LargestRelative, IReadOnlyList<string> Problems, bool Repaired)
{
    /// <summary>Stands for the observations' records in a tile's place.</summary>
    public const string Records = "(records)";

    /// <summary>Stands for maps, mosaics, exported stacks and sums of nights in a tile's place.</summary>
    public const string Published = "(published)";
}
