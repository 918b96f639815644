namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>How many bits of pixels are computed side by side.</summary>
public enum LaneWidth
{
    Bits64 = 64,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}
