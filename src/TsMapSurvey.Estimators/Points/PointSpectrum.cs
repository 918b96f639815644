using TsMapSurvey.Likelihood;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Points;

/// <summary>
/// Fits of one pixel in all energy bins as maps of one pixel, the form of which <see cref="FluxPointTable"/> makes a table.
/// </summary>
public static class PointSpectrum
{
    /// <param name="fits">One for each energy bin of the stack.</param>
    /// <param name="pixel">The pixel in the stack's grid.</param>
    public static FluxMaps Of(PointStack stack, IReadOnlyList<PointFit> fits, (int X, int Y) pixel)
    {
        var geometry = new MapGeometry(stack.Grid.Cutout(new PixelRegion(pixel.X, pixel.Y, 1, 1)), stack.Axis);
        var maps = new Dictionary<string, Map<double>>();
        void Add(string name, Func<PointFit, double> value) => maps[name] = new Map<double>(geometry, [.. fits.Select(value)]);
        Add("norm", fit => fit.Norm);
        Add("norm_err", fit => fit.NormErr);
        Add("norm_errn", fit => fit.NormErrn);
        Add("norm_errp", fit => fit.NormErrp);
        Add("norm_ul", fit => fit.NormUl);
        Add("ts", fit => fit.Ts);
        Add("sqrt_ts", fit => fit.SqrtTs);
        Add("npred", fit => fit.Npred);
        Add("npred_excess", fit => fit.NpredExcess);
        Add("stat", fit => fit.Stat);
        Add("stat_null", fit => fit.StatNull);
        Add("niter", fit => fit.Iterations);
        Add("success", fit => fit.Status.HasFlag(FitStatus.Converged) ? 1 : 0);
        Add("status", fit => (double)fit.Status);
        Add("counts", fit => fit.BoxCounts);
        var nSigmaUl = fits.Count > 0 ? fits[0].NSigmaUl : stack.Options.NSigmaUl;
        var kernels = stack.KernelsAt(pixel.X, pixel.Y);
        return new FluxMaps(geometry, maps, stack.Options.Model, stack.Options.NSigma, nSigmaUl, stack.Dataset.Gti, kernels.Warnings)
        {
            KernelWidthDeg = (2 * kernels.PadWidth + 1) * stack.Grid.PixelScaleDeg,
        };
    }
}
