using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>
/// What compute says of its maps: per energy bin, the pixels with a value and the largest sqrt_ts, or why there is none, and how many
/// fits failed; gathered strip by strip.
/// </summary>
/// <param name="geometry">Of the whole maps.</param>
/// <param name="options">That they were made with.</param>
internal sealed class MapsSummary(MapGeometry geometry, TsMapOptions options)
{
    private readonly int[] _withoutExposure = new int[geometry.PlaneCount];
    private readonly int[] _withoutRoot = new int[geometry.PlaneCount];
    private readonly string?[] _emptyReasons = new string?[geometry.PlaneCount];
    private readonly int[] _pixels = new int[geometry.PlaneCount];
    private readonly double[] _most = [.. Enumerable.Repeat(double.NaN, geometry.PlaneCount)];
    private readonly int[] _at = new int[geometry.PlaneCount];
    private IReadOnlyCollection<string> _quantities = [];
    private double? _kernelWidthDeg;
    private IReadOnlyList<string> _warnings = [];

    public IEnumerable<string> Warnings => _warnings.Concat(MovedEdges.Warnings(options.EnergyEdgesTeV, geometry.Axes[0]));

    /// <param name="firstRow">Of the whole, 0 the lowest.</param>
    /// <param name="maps">Rows of the maps, or all.</param>
    public void Add(int firstRow, FluxMaps maps)
    {
        (_quantities, _warnings, _kernelWidthDeg) = (maps.Stored, maps.Warnings, maps.KernelWidthDeg);
        for (var k = 0; k < geometry.PlaneCount; k++)
        {
            var plane = maps.Find("sqrt_ts")!.Plane(k);
            var statuses = maps.Find("status")!.Plane(k);
            for (var i = 0; i < plane.Length; i++)
            {
                var status = (FitStatus)statuses[i];
                if (status.HasFlag(FitStatus.NoExposure)) _withoutExposure[k]++;
                if (!double.IsFinite(plane[i])) continue;
                if (!status.HasFlag(FitStatus.Converged)) _withoutRoot[k]++;
                _pixels[k]++;
                if (plane[i] <= _most[k]) continue;
                (_most[k], _at[k]) = (plane[i], firstRow * geometry.Width + i);
            }
        }
    }

    /// <summary>Finds out why an energy bin has no fit, if one has none.</summary>
    public void Explain(IReadOnlyList<IDatasetRows> datasets)
    {
        var bins = EnergyGroups.Create(datasets[0].Energy, options).Bins;
        for (var k = 0; k < bins.Length; k++)
            if (_pixels[k] == 0) _emptyReasons[k] = EmptyMapReason.Of(datasets, bins[k], options.Model.Spectral);
    }

    public bool HasEmptyBin => Array.IndexOf(_pixels, 0) >= 0;

    public void Print(string path, bool json)
    {
        var bins = Enumerable.Range(0, geometry.PlaneCount).Select(k => new
        {
            EnergyMinTeV = geometry.Axes[0].Edges[k],
            EnergyMaxTeV = geometry.Axes[0].Edges[k + 1],
            Pixels = _pixels[k],
            MaxSqrtTs = _most[k],
            MaxAt = _pixels[k] == 0 ? null : geometry.Grid!.PixelCentre(_at[k] % geometry.Width, _at[k] / geometry.Width)?.ToString(),
            WithoutExposure = _withoutExposure[k],
            NotConverged = _withoutRoot[k],
            EmptyReason = _emptyReasons[k],
        }).ToArray();
        if (json)
        {
            Report.Json(new
            {
                File = path,
                geometry.Width,
                geometry.Height,
                KernelWidthDeg = _kernelWidthDeg,
                Quantities = _quantities,
                Bins = bins
            });
            return;
        }

        Report.Paragraph(
            FormattableString.Invariant($"{path}: {geometry.Width} x {geometry.Height} pixels, {string.Join(", ", _quantities)}"));
        if (_kernelWidthDeg is { } width)
        {
            var taken = options.KernelWidthDeg is null ? " (no --kernel-width: as wide as PSF and source need, at most the image)" : "";
            Report.Paragraph(FormattableString.Invariant($"kernel {width:g4} deg wide{taken}"));
        }

        for (var k = 0; k < bins.Length; k++)
            Report.Paragraph(
                FormattableString.Invariant($"{bins[k].EnergyMinTeV:g4} to {bins[k].EnergyMaxTeV:g4} TeV: {Found(k, bins[k].MaxAt)}"));
    }

    private string Found(int k, string? at)
    {
        if (_pixels[k] == 0) return $"no pixel fitted: {_emptyReasons[k] ?? "no kernel reaches a pixel with exposure"}";
        var found = FormattableString.Invariant($"{_pixels[k]} pixels fitted, max sqrt_ts {_most[k]:f2} at {at}");
        if (_withoutExposure[k] > 0) found += $"; {_withoutExposure[k]} pixels not, for want of exposure under the kernel";
        if (_withoutRoot[k] > 0)
            found += $"; {_withoutRoot[k]} fits failed and have no norm: not converged within {options.MaxNiter} iterations (--max-niter)";
        return found;
    }
}
