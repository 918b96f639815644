using TsMapSurvey.Likelihood;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>The quantities of one output energy bin over a region; NaN where nothing was fitted.</summary>
internal sealed class TsMapPlane
{
    private readonly Dictionary<string, double[]> _quantities = [];

    public TsMapPlane(PixelRegion region, TsMapSelection selection)
    {
        Status = new FitStatus[region.Area];
        double[] New(string name)
        {
            var values = new double[region.Area];
            Array.Fill(values, double.NaN);
            return _quantities[name] = values;
        }

        (Norm, NormErr, Ts, Npred) = (New("norm"), New("norm_err"), New("ts"), New("npred"));
        (NpredExcess, Stat, StatNull, Niter) = (New("npred_excess"), New("stat"), New("stat_null"), New("niter"));
        if (selection.HasFlag(TsMapSelection.ErrnErrp)) (NormErrn, NormErrp) = (New("norm_errn"), New("norm_errp"));
        if (selection.HasFlag(TsMapSelection.Ul)) NormUl = New("norm_ul");
    }

    public FitStatus[] Status { get; }

    /// <summary>By name, as FluxMaps calls them.</summary>
    public IReadOnlyDictionary<string, double[]> Quantities => _quantities;

    private double[] Norm { get; }

    private double[] NormErr { get; }

    private double[] Ts { get; }

    private double[] Npred { get; }

    private double[] NpredExcess { get; }

    private double[] Stat { get; }

    private double[] StatNull { get; }

    private double[] Niter { get; }

    private double[]? NormErrn { get; }

    private double[]? NormErrp { get; }

    private double[]? NormUl { get; }

    /// <summary>Writes a pixel's quantities, those of the profile around the best norm included (numerics 3.6, 3.7).</summary>
    public void Write(int index, in CashProblem problem, NormFit fit, double floor, double background, double halfStatNull, TsMapOptions options, Func<double, double> npred)
    {
        var (norm, status) = (fit.Norm, fit.Status);
        var ts = norm < floor ? Profile.CutTs(problem, norm, background, npred) : Profile.Ts(problem, norm);
        var error = Profile.SymmetricError(problem, norm, options.NSigma);
        (Norm[index], NormErr[index], Ts[index], Niter[index]) = (norm, error, ts, fit.Iterations);
        (Npred[index], NpredExcess[index]) = (background + norm * problem.Signal, norm * problem.Signal);
        (StatNull[index], Stat[index]) = (2 * halfStatNull, 2 * halfStatNull - ts);
        if (NormErrn is not null)
        {
            var errn = Profile.Distance(problem, norm, -1, options.NSigma, error, floor);
            NormErrn[index] = double.IsNaN(errn) ? Profile.DistanceBelowBound(problem, norm, options.NSigma, floor, background, npred) : errn;
            NormErrp![index] = Profile.Distance(problem, norm, +1, options.NSigma, error, floor);
            if (double.IsFinite(NormErrn[index] + NormErrp[index])) status |= FitStatus.ErrorsOk;
        }

        if (NormUl is not null)
        {
            NormUl[index] = norm + Profile.Distance(problem, norm, +1, options.NSigmaUl, options.NSigmaUl / options.NSigma * error, floor);
            if (double.IsFinite(NormUl[index])) status |= FitStatus.UpperLimitOk;
        }

        Status[index] = status;
        if (!status.HasFlag(FitStatus.Converged)) ForgetNorm(index);
    }

    /// <summary>Where the fit failed the norm and all that comes from it are NaN, as gammapy's FluxMaps has them.</summary>
    private void ForgetNorm(int index)
    {
        foreach (var (name, values) in _quantities)
            if (name.StartsWith("norm", StringComparison.Ordinal)) values[index] = double.NaN;
    }
}
