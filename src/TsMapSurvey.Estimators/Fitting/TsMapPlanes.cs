using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// The quantities of all output energy bins over a region, bin after bin; NaN where nothing was fitted, once those pixels are cleared.
/// </summary>
internal sealed class TsMapPlanes
{
    private readonly Dictionary<string, double[]> _quantities = [];
    private readonly FitArrays? _arrays;
    private readonly int _bins;

    /// <param name="bins">Output energy bins.</param>
    /// <param name="arrays">Where the planes come from; null for planes that stay.</param>
    public TsMapPlanes(PixelRegion region, int bins, TsMapSelection selection, FitArrays? arrays = null)
    {
        (Area, _bins, _arrays) = (checked((int)region.Area), bins, arrays);
        Status = arrays?.Zeros<FitStatus>(checked(bins * Area)) ?? new FitStatus[checked(bins * Area)];
        (Norm, NormErr, Ts, Npred) = (New("norm"), New("norm_err"), New("ts"), New("npred"));
        (NpredExcess, Stat, StatNull, Niter) = (New("npred_excess"), New("stat"), New("stat_null"), New("niter"));
        if (selection.HasFlag(TsMapSelection.ErrnErrp)) (NormErrn, NormErrp) = (New("norm_errn"), New("norm_errp"));
        if (selection.HasFlag(TsMapSelection.Ul)) NormUl = New("norm_ul");
        if (selection.HasFlag(TsMapSelection.Sensitivity)) NormSensitivity = New("norm_sensitivity");
        if (selection.HasFlag(TsMapSelection.StatScan))
            (StatScan, ScanValues) = (New("stat_scan", ScanGrid.Count), New("dnde_scan_values", ScanGrid.Count));
    }

    /// <summary>Pixels of the region: from a bin to the next in those quantities that have one plane a bin.</summary>
    public int Area { get; }

    public FitStatus[] Status { get; }

    /// <summary>By name, as FluxMaps calls them; the profile's have one plane per bin and grid point.</summary>
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

    /// <summary>The differential flux at the norms of the profile's grid.</summary>
    public double[]? ScanValues { get; }

    /// <summary>Writes the lanes of pixels that are fitted; a full block at once.</summary>
    /// <param name="index">Of the first pixel.</param>
    /// <param name="fitted">One bit a lane, the first lane lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(double[] quantity, int index, T values, uint fitted)
        where T : struct, ILanes<T>
    {
        if (fitted == (1u << T.Count) - 1) T.Store(values, ref MemoryMarshal.GetArrayDataReference(quantity), index);
        else WriteSome(quantity, index, values, fitted);
    }

    /// <summary>Says of some pixels in a row that nothing is fitted there.</summary>
    /// <param name="index">Of the first in the region.</param>
    public void Clear(int bin, int index, int count)
    {
        foreach (var values in _quantities.Values)
            for (var (plane, end) = (bin * (values.Length / _bins),
                (bin + 1) * (values.Length / _bins)); plane < end; plane += Area) values.AsSpan(plane + index, count).Fill(double.NaN);
    }

    /// <summary>A plane or more for every bin, with anything in them.</summary>
    public double[] New(int planes = 1)
    {
        var length = checked(_bins * planes * Area);
        return _arrays?.Take<double>(length) ?? GC.AllocateUninitializedArray<double>(length);
    }

    private double[] New(string name, int planes = 1) => _quantities[name] = New(planes);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteSome<T>(double[] quantity, int index, T values, uint fitted)
        where T : struct, ILanes<T>
    {
        Span<double> lanes = stackalloc double[PaddedKernels.Padding + 1];
        T.Store(values, ref MemoryMarshal.GetReference(lanes), 0);
        for (var lane = 0; lane < T.Count; lane++)
            if ((fitted >> lane & 1) != 0) quantity[index + lane] = lanes[lane];
    }
}
