namespace TsMapSurvey.Events.Responses;

/// <summary>The rate of background events in the field of view, by reconstructed energy, in s⁻¹ TeV⁻¹ sr⁻¹.</summary>
public interface IBackgroundRate
{
    long ByteSize { get; }

    FieldAlignment Alignment { get; }

    /// <summary>The rate at chosen energies.</summary>
    IBackgroundSampler At(IReadOnlyList<double> energiesTeV);
}
