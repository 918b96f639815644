namespace TsMapSurvey.Storage.Documents;

/// <summary>A time interval in TT seconds since MJD 51544.0 (TT).</summary>
public sealed record RecordedTime(double StartS, double StopS);
