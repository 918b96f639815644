namespace TsMapSurvey.Contracts;

/// <summary>What the states have in common.</summary>
public static class ObservationStates
{
    /// <summary>Whether there is nothing more to do unless somebody asks, or another version comes.</summary>
    public static bool IsSettled(this ObservationState state) =>
        state is ObservationState.Stacked or ObservationState.Quarantined or ObservationState.Retracted;
}
