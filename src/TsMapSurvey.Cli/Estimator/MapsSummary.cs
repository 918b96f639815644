using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>
/// The summary that compute prints, collected strip by strip: for each energy bin the number of fitted pixels and the largest sqrt_ts, or
/// why there is none, and how many fits failed.
/// </summary>
/// <param name="geometry">Geometry of the complete maps.</param>
internal sealed class MapsSummary(MapGeometry geometry, TsMapOptions options)
{
    private readonly int[] _withoutExposure = new int[geometry.PlaneCount];
    private readonly int[] _notConverged = new int[geometry.PlaneCount];
    private readonly string?[] _emptyReasons = new string?[geometry.PlaneCount];
    private readonly int[] _pixels = new int[geometry.PlaneCount];
    private readonly double[] _maxSqrtTs = [.. Enumerable.Repeat(double.NaN, geometry.PlaneCount)];
    private readonly int[] _maxPixel = new int[geometry.PlaneCount];
    private IReadOnlyCollection<string> _quantities = [];
    private double? _kernelWidthDeg;
    private IReadOnlyList<string> _warnings = [];

    public IEnumerable<string> Warnings => _warnings.Concat(MovedEdges.Warnings(options.EnergyEdgesTeV, geometry.Axes[0]));

    /// <param name="firstRow">The row of the complete maps that the strip begins with; 0 is the lowest.</param>
    /// <param name="maps">A strip of rows, or the complete maps.</param>
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
                if (!status.HasFlag(FitStatus.Converged)) _notConverged[k]++;
                _pixels[k]++;
                if (plane[i] <= _maxSqrtTs[k]) continue;
                (_maxSqrtTs[k], _maxPixel[k]) = (plane[i], firstRow * geometry.Width + i);
            }
        }
    }

    /// <summary>Finds out why energy bins have no fit.</summary>
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
            MaxSqrtTs = _maxSqrtTs[k],
            MaxAt = _pixels[k] == 0 ? null : Position(_maxPixel[k])?.ToString(),
            WithoutExposure = _withoutExposure[k],
            NotConverged = _notConverged[k],
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
            var reason = options.KernelWidthDeg is null ? " (no --kernel-width: as wide as PSF and source need, at most the image)" : "";
            Report.Paragraph(FormattableString.Invariant($"kernel {width:g4} deg wide{reason}"));
        }

        for (var k = 0; k < bins.Length; k++)
            Report.Paragraph(
                FormattableString.Invariant($"{bins[k].EnergyMinTeV:g4} to {bins[k].EnergyMaxTeV:g4} TeV: {Describe(k, bins[k].MaxAt)}"));
    }

    private SkyPosition? Position(int pixel) => geometry.Grid!.PixelCentre(pixel % geometry.Width, pixel / geometry.Width);

    private string Describe(int k, string? position)
    {
        if (_pixels[k] == 0) return $"no pixel fitted: {_emptyReasons[k] ?? "no kernel reaches a pixel with exposure"}";
        var text = FormattableString.Invariant($"{_pixels[k]} pixels fitted, max sqrt_ts {_maxSqrtTs[k]:f2} at {position}");
        if (_withoutExposure[k] > 0) text += $"; {_withoutExposure[k]} pixels not fitted because there is no exposure under the kernel";
        if (_notConverged[k] > 0)
            text += $"; {_notConverged[k]} fits failed and have no norm: not converged within {options.MaxNiter} iterations (--max-niter)";
        return text;
    }
}
