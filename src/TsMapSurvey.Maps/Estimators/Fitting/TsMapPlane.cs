using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators.Fitting;

/// <summary>The quantities of one output energy bin over a region; NaN where nothing was fitted, once those pixels are cleared.</summary>
internal sealed class TsMapPlane
{
    private readonly Dictionary<string, double[]> _quantities = [];
    private readonly int _area;

    public TsMapPlane(PixelRegion region, TsMapSelection selection)
    {
        _area = checked((int)region.Area);
        Status = new FitStatus[_area];
        (Norm, NormErr, Ts, Npred) = (New("norm"), New("norm_err"), New("ts"), New("npred"));
        (NpredExcess, Stat, StatNull, Niter) = (New("npred_excess"), New("stat"), New("stat_null"), New("niter"));
        if (selection.HasFlag(TsMapSelection.ErrnErrp)) (NormErrn, NormErrp) = (New("norm_errn"), New("norm_errp"));
        if (selection.HasFlag(TsMapSelection.Ul)) NormUl = New("norm_ul");
        if (selection.HasFlag(TsMapSelection.Sensitivity)) NormSensitivity = New("norm_sensitivity");
        if (selection.HasFlag(TsMapSelection.StatScan)) (StatScan, ScanNorms) = (New("stat_scan", ScanGrid.Count), New("dnde_scan_values", ScanGrid.Count));
    }

    public FitStatus[] Status { get; }

    /// <summary>By name, as FluxMaps calls them; the profile's have one plane per grid point.</summary>
    public IReadOnlyDictionary<string, double[]> Quantities => _quantities;

    public double[] Norm { get; }

    public double[] NormErr { get; }

    public double[] Ts { get; }

    public double[] Npred { get; }

    public double[] NpredExcess { get; }

    public double[] Stat { get; }

    public double[] StatNull { get; }

    public double[] Niter { get; }

    public double[]? NormErrn { get; }

    public double[]? NormErrp { get; }

    public double[]? NormUl { get; }

    public double[]? NormSensitivity { get; }

    public double[]? StatScan { get; }

    /// <summary>The norms of the profile's grid; dnde_scan_values once multiplied by the model.</summary>
    public double[]? ScanNorms { get; }

    /// <summary>Writes the lanes of pixels that are fitted; a full block at once.</summary>
    /// <param name="index">Of the first pixel.</param>
    /// <param name="fitted">One bit a lane, the first lane lowest.</param>
    public static void Write<T>(double[] quantity, int index, T values, uint fitted)
        where T : struct, ILanes<T>
    {
        if (fitted == (1u << T.Count) - 1)
        {
            T.Store(values, ref MemoryMarshal.GetArrayDataReference(quantity), index);
            return;
        }

        Span<double> lanes = stackalloc double[PaddedKernels.Padding + 1];
        T.Store(values, ref MemoryMarshal.GetReference(lanes), 0);
        for (var lane = 0; lane < T.Count; lane++)
            if ((fitted >> lane & 1) != 0) quantity[index + lane] = lanes[lane];
    }

    /// <summary>Says of some pixels in a row that nothing is fitted there.</summary>
    public void Clear(int index, int count)
    {
        foreach (var values in _quantities.Values)
            for (var plane = 0; plane < values.Length; plane += _area) values.AsSpan(plane + index, count).Fill(double.NaN);
    }

    private double[] New(string name, int planes = 1) => _quantities[name] = GC.AllocateUninitializedArray<double>(_area * planes);
}
