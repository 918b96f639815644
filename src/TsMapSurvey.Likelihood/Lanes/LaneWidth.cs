namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>Bits that are computed in parallel; a pixel takes 64.</summary>
public enum LaneWidth
{
    Bits64 = 64,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}
