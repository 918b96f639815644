using TsMapSurvey.Fits;

namespace TsMapSurvey.Simulation.Events;

/// <summary>
/// The responses of an instrument as GADF tables: effective area, energy dispersion, PSF and background, each a table with one row. Values
/// are for the logarithmic centres of energy bins and for offset nodes (equal THETA_LO and THETA_HI).
/// </summary>
internal sealed class ResponseTables(Instrument instrument)
{
    private const double AreaBinsPerDecade = 24;
    private const double PsfBinsPerDecade = 24;
    private const double BackgroundBinsPerDecade = 8;
    private const int OffsetSteps = 36;
    private const int PsfOffsetSteps = 18;
    private const int MigraBins = 192;
    private const double MaxMigra = 5;
    private const double MevPerTeV = 1e6;
    private const double PerSrInPerDeg2 = 180 / Math.PI * (180 / Math.PI);

    private readonly double _minTrueTeV = instrument.MinTeV / 8;
    private readonly double _maxTrueTeV = instrument.MaxTeV * 8;
    private readonly float[] _offsets = Offsets(instrument.FieldDeg, OffsetSteps);

    /// <summary>The columns of AEFF_2D in m².</summary>
    public FitsTableColumn[] EffectiveArea()
    {
        var energies = Edges(_minTrueTeV, _maxTrueTeV, AreaBinsPerDecade);
        return
        [
            .. Axis("ENERG", energies, "TeV"), .. Nodes(_offsets),
            Cells("EFFAREA", "m2", energies, _offsets, instrument.EffectiveAreaM2),
        ];
    }

    /// <summary>
    /// The columns of EDISP_2D: the mean of dP/dμ in each bin of μ = reconstructed / true energy, which depends on neither energy nor
    /// offset.
    /// </summary>
    public FitsTableColumn[] EnergyDispersion()
    {
        var energies = Edges(_minTrueTeV, _maxTrueTeV, 1);
        float[] offsets = [0, (float)instrument.FieldDeg];
        double[] migra = [.. Enumerable.Range(0, MigraBins + 1).Select(i => MaxMigra * i / MigraBins)];
        var density = new float[MigraBins];
        for (var i = 0; i < MigraBins; i++)
        {
            var below = migra[i] > 0 ? instrument.BelowRatio(migra[i]) : 0;
            density[i] = (float)((instrument.BelowRatio(migra[i + 1]) - below) / (migra[i + 1] - migra[i]));
        }

        var bins = energies.Length - 1;
        float[] matrix = [.. Enumerable.Range(0, offsets.Length * MigraBins * bins).Select(i => density[i / bins % MigraBins])];
        return
        [
            .. Axis("ENERG", energies, "TeV"), .. Axis("MIGRA", migra, null), .. Nodes(offsets),
            FitsTableColumn.Singles("MATRIX", matrix, null, matrix.Length, [bins, MigraBins, offsets.Length]),
        ];
    }

    /// <summary>The columns of PSF_3GAUSS: the core, the tail, and no third Gaussian.</summary>
    public FitsTableColumn[] PointSpreads()
    {
        var energies = Edges(_minTrueTeV, _maxTrueTeV, PsfBinsPerDecade);
        var offsets = Offsets(instrument.FieldDeg, PsfOffsetSteps);
        var ratio = instrument.PsfTailRatio;
        var amplitude = PointSpread.TailFraction / (1 - PointSpread.TailFraction) / (ratio * ratio);
        double Scale(double energyTeV, double offsetDeg) =>
            (1 - PointSpread.TailFraction) / (2 * Math.PI * Math.Pow(instrument.Psf(energyTeV, offsetDeg).CoreSigmaDeg,
                2)) * PerSrInPerDeg2;
        return
        [
            .. Axis("ENERG", energies, "TeV"), .. Nodes(offsets),
            Cells("SCALE", "sr-1", energies, offsets, Scale),
            Cells("SIGMA_1", "deg", energies, offsets, (energy, offset) => instrument.Psf(energy, offset).CoreSigmaDeg),
            Cells("AMPL_2", null, energies, offsets, (_, _) => amplitude),
            Cells("SIGMA_2", "deg", energies, offsets, (energy, offset) => ratio * instrument.Psf(energy, offset).CoreSigmaDeg),
            Cells("AMPL_3", null, energies, offsets, (_, _) => 0),
            Cells("SIGMA_3", "deg", energies, offsets, (_, _) => 0),
        ];
    }

    /// <summary>The columns of BKG_2D in s⁻¹ MeV⁻¹ sr⁻¹, in bins of reconstructed energy.</summary>
    public FitsTableColumn[] Background()
    {
        var energies = Edges(instrument.MinTeV / 2, instrument.MaxTeV * 2, BackgroundBinsPerDecade);
        return
        [
            .. Axis("ENERG", energies, "TeV"), .. Nodes(_offsets),
            Cells("BKG", "s-1 MeV-1 sr-1", energies, _offsets, (energy, offset) =>
                instrument.BackgroundPerSSrTeV(energy, offset) / MevPerTeV),
        ];
    }

    private static FitsTableColumn Cells(string name, string? unit, double[] edges, float[] offsets, Func<double, double, double> value)
    {
        var bins = edges.Length - 1;
        var cells = new float[bins * offsets.Length];
        for (var i = 0; i < offsets.Length; i++)
            for (var j = 0; j < bins; j++) cells[i * bins + j] = (float)value(Math.Sqrt(edges[j] * edges[j + 1]), offsets[i]);
        return FitsTableColumn.Singles(name, cells, unit, cells.Length, [bins, offsets.Length]);
    }

    private static FitsTableColumn[] Axis(string name, double[] edges, string? unit) =>
    [
        FitsTableColumn.Singles($"{name}_LO", Array.ConvertAll(edges[..^1], edge => (float)edge), unit, edges.Length - 1),
        FitsTableColumn.Singles($"{name}_HI", Array.ConvertAll(edges[1..], edge => (float)edge), unit, edges.Length - 1),
    ];

    private static FitsTableColumn[] Nodes(float[] offsets) =>
    [
        FitsTableColumn.Singles("THETA_LO", offsets, "deg", offsets.Length),
        FitsTableColumn.Singles("THETA_HI", offsets, "deg", offsets.Length),
    ];

    private static double[] Edges(double min, double max, double perDecade)
    {
        var bins = (int)Math.Ceiling(Math.Log10(max / min) * perDecade);
        return [.. Enumerable.Range(0, bins + 1).Select(i => min * Math.Pow(max / min, (double)i / bins))];
    }

    private static float[] Offsets(double max, int steps) => [.. Enumerable.Range(0, steps + 1).Select(i => (float)(max * i / steps))];
}
