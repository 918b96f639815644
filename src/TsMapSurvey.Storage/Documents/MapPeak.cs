using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>A peak in the tile, in ICRS coordinates.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record MapPeak(
    double RaDeg, double DecDeg, double SqrtTs, double Ts, double Flux, double FluxErr, int EnergyBin,
    double EnergyMinTeV, double EnergyMaxTeV, double FluxUl, double PosErrDeg, double PosErrMajorDeg, double PosErrMinorDeg,
    double PosErrAngleDeg, bool AtEdge);
