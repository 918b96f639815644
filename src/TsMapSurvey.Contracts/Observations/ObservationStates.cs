namespace TsMapSurvey.Contracts;

public static class ObservationStates
{
    /// <summary>Whether no work is left until a request or another version arrives.</summary>
    public static bool IsSettled(this ObservationState state) =>
        state is ObservationState.Stacked or ObservationState.Quarantined or ObservationState.Retracted;
}
