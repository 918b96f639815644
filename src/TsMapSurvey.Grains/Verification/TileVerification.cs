namespace TsMapSurvey.Grains;

/// <summary>How a tile's stored stack compares with the observations of its ledger.</summary>
/// <param name="Revision">Of the stack that was looked at; after a repair, of the new one.</param>
/// <param name="LargestRelative">The largest relative difference of a sum; null where there was nothing to compare.</param>
/// <param name="Problems">What is wrong; empty when all is well.</param>
/// <param name="Repaired">Whether the stack was made anew from its ledger; problems of other kinds may be left.</param>
public sealed record TileVerification(string Tile, long Revision, int Observations, double? LargestRelative, IReadOnlyList<string> Problems, bool Repaired);
