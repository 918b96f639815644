namespace TsMapSurvey.Hostile.Tests;

/// <summary>
/// Damages that one store has at the same time. None of them may hide another: they are in different tiles or surveys, and none makes the
/// server write anew what another one damaged before it was read. The log has to name each, which shows that it was found.
/// </summary>
internal sealed record DamageGroup(string Name, params Damage[] Damages)
{
    /// <summary>Whether only the survey "small" is served, because the other's definition is damaged.</summary>
    public bool IsOfOther { get; init; }
}
