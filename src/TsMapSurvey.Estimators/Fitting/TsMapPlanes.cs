using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// The quantities of all output energy bins over a region, bin after bin. <see cref="Clear"/> must be called for pixels without a fit.
/// </summary>
internal sealed class TsMapPlanes
{
    private readonly Dictionary<string, double[]> _quantities = [];
    private readonly FitArrays? _arrays;
    private readonly int _bins;

    /// <param name="arrays">The owner of the planes; null to allocate planes that outlive the fit.</param>
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

    public int Area { get; }

    public FitStatus[] Status { get; }

    /// <summary>The quantities by their names in FluxMaps; those of the profile have one plane per bin and grid point.</summary>
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

    /// <summary>The differential flux at the norms of the profile's grid, in cm⁻² s⁻¹ TeV⁻¹.</summary>
    public double[]? ScanValues { get; }

    /// <summary>Writes the lanes that were fitted; a full block with one store.</summary>
    /// <param name="index">Index of the first pixel.</param>
    /// <param name="fitted">The fitted lanes, one bit each, the first lane in the lowest bit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(double[] quantity, int index, T values, uint fitted)
        where T : struct, ILanes<T>
    {
        if (fitted == (1u << T.Count) - 1) T.Store(values, ref MemoryMarshal.GetArrayDataReference(quantity), index);
        else WriteSome(quantity, index, values, fitted);
    }

    /// <summary>Sets consecutive pixels of all quantities to NaN.</summary>
    /// <param name="index">Index of the first pixel in the region.</param>
    public void Clear(int bin, int index, int count)
    {
        foreach (var values in _quantities.Values)
            for (var (plane, end) = (bin * (values.Length / _bins),
                (bin + 1) * (values.Length / _bins)); plane < end; plane += Area) values.AsSpan(plane + index, count).Fill(double.NaN);
    }

    /// <summary>One or more planes for every bin, with arbitrary content.</summary>
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
