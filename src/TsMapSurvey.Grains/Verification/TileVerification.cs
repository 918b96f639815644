namespace TsMapSurvey.Grains.Verification;

/// <summary>Result of the comparison of a tile's stored stack with the observations of its ledger.</summary>
/// <param name="Tile">Name of the tile, or <see cref="Records"/> or <see cref="Published"/>.</param>
/// <param name="Revision">Revision of the verified stack; after a repair, of the new one.</param>
/// <param name="LargestRelative">The largest relative difference of a sum; null if nothing was compared.</param>
/// <param name="Problems">The problems found; empty if there are none.</param>
/// <param name="Repaired">Whether a repair has solved all problems.</param>
public sealed record TileVerification(
    string Tile, long Revision, int Observations, double? LargestRelative, IReadOnlyList<string> Problems, bool Repaired)
{
    /// <summary>The value of Tile for the observations' records.</summary>
    public const string Records = "(records)";

    /// <summary>The value of Tile for maps, mosaics, exported stacks and sums of nights.</summary>
    public const string Published = "(published)";
}
