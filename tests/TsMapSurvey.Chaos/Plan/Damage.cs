namespace TsMapSurvey.Chaos;

/// <summary>What becomes of a stored blob.</summary>
internal enum DamageKind
{
    Flip,
    Cut,
    Delete,
}

/// <summary>A blob is damaged past every server.</summary>
/// <param name="Which">Of those of the kind, in the order of their names, 0 to 1.</param>
/// <param name="Where">In the blob, 0 to 1.</param>
internal sealed record Damage(StoredKind Kind, DamageKind How, double Which, double Where);
