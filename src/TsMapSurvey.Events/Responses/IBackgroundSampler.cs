namespace TsMapSurvey.Events.Responses;

/// <summary>A background rate at chosen energies, anywhere in the field of view. Thread-safe; allocates nothing.</summary>
public interface IBackgroundSampler
{
    /// <summary>Natural logarithms of the rate in s⁻¹ TeV⁻¹ sr⁻¹, one for each energy; NaN where there is no rate.</summary>
    void LogRates(FieldPoint point, Span<double> destination);
}
