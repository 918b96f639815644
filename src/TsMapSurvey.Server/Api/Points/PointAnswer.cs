using System.Diagnostics.CodeAnalysis;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>The values of the pixel that contains a position; null where there is no value.</summary>
internal record PointAnswer
{
    /// <summary>As requested, in degrees, ICRS.</summary>
    public required double Ra { get; init; }

    public required double Dec { get; init; }

    /// <summary>In the survey's own frame.</summary>
    public required double Lon { get; init; }

    public required double Lat { get; init; }

    public required string Frame { get; init; }

    /// <summary>Null for a position outside the survey, like the pixel and all values.</summary>
    public string? Tile { get; init; }

    /// <summary>In the survey's grid, counted from 0.</summary>
    public int? PixelX { get; init; }

    public int? PixelY { get; init; }

    public required string Map { get; init; }

    public required double EnergyMinTeV { get; init; }

    public required double EnergyMaxTeV { get; init; }

    /// <summary>State of the map: ready, computing, empty or failed; outside for a position outside the survey.</summary>
    public required string State { get; init; }

    public string? Reason { get; init; }

    public double? Ts { get; init; }

    public double? SqrtTs { get; init; }

    public double? Norm { get; init; }

    public double? NormErr { get; init; }

    public double? NormUl { get; init; }

    public double? Flux { get; init; }

    public double? FluxErr { get; init; }

    /// <summary>Distance down to the flux at which the Cash statistic has risen by n_sigma², in cm-2 s-1.</summary>
    public double? FluxErrn { get; init; }

    public double? FluxErrp { get; init; }

    /// <summary>Upper limit at NSigmaUl standard deviations.</summary>
    public double? FluxUl { get; init; }

    public double? NSigmaUl { get; init; }

    /// <summary>erf(NSigmaUl / √2), as gammapy's UL_CONF.</summary>
    public double? Confidence { get; init; }

    /// <summary>In the pixel, summed over reconstructed energy, like background and excess.</summary>
    public double? Counts { get; init; }

    public double? Background { get; init; }

    public double? Excess { get; init; }

    /// <summary>In the pixel, in m2 s: the mean from EnergyMinTeV to EnergyMaxTeV, weighted with the map's spectrum.</summary>
    public double? Exposure { get; init; }

    /// <summary>ΣKn / ΣK² over the energy bin: its difference to KernelBackground estimates the source's counts.</summary>
    public double? KernelCounts { get; init; }

    public double? KernelBackground { get; init; }

    /// <summary>ΣKε / ΣK, in m2 s.</summary>
    public double? KernelExposure { get; init; }

    /// <summary>Counts that a source of norm 1 gives under the kernel.</summary>
    public double? Signal { get; init; }

    /// <summary>Flags that describe the result of the fit.</summary>
    public IReadOnlyList<string> Status { get; init; } = [];

    public long Revision { get; init; }

    public DateTimeOffset? ComputedAt { get; init; }

    public bool Stale { get; init; }

    public required string Slice { get; init; }

    /// <summary>Start of the first night of the slice; null for the slice all.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    public DateTimeOffset? WindowEnd { get; init; }

    /// <summary>
    /// Of what was computed from the stack: counts, background, exposure, and limits that the map does not have. That of the map, except
    /// while there is no map.
    /// </summary>
    public long StackRevision { get; init; }
}

/// <summary>A row of the answer to posted positions.</summary>
internal sealed record PostedPointAnswer : PointAnswer
{
    [SetsRequiredMembers]
    public PostedPointAnswer(int row, string? name, PointAnswer values)
        : base(values) => (Row, Name) = (row, name);

    /// <summary>Row of the posted table, counted from 1; the answer has the rows in the same order.</summary>
    public int Row { get; }

    /// <summary>As posted; null if the table has no names.</summary>
    public string? Name { get; }
}
