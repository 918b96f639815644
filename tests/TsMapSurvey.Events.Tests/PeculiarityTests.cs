using TsMapSurvey.Fits;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Events.Tests;

/// <summary>Ways in which real files differ from the formats, or from each other, without another meaning.</summary>
public sealed class PeculiarityTests
{
    private static readonly Dictionary<string, Action<HandMadeFile>> SameMeaning = new()
    {
        ["OGIP class and short layouts, as in CTA-1DC"] = file => Each(file, (hdu, layout) =>
            hdu.With("HDUCLASS", "OGIP").With("HDUCLAS4", layout.Split('_')[^1])),
        ["HDUCLAS2 = PSF, as in prod5"] = file => file.Psf.With("HDUCLAS2", "PSF"),
        ["lower-case names and keywords"] = file => Each(file, (hdu, layout) =>
        {
            hdu.Name = hdu.Header.GetString("HDUCLAS2")!.ToLowerInvariant();
            hdu.With("HDUCLAS2", hdu.Name).With("HDUCLAS4", layout.ToLowerInvariant());
        }),
        ["names alone"] = file =>
        {
            foreach (var (hdu, name) in file.Hdus.Zip(["EVENTS", "GTI", "aeff", "edisp", "psf", "bkg"]))
            {
                hdu.Name = name;
                foreach (var keyword in new[] { "HDUCLASS", "HDUCLAS1", "HDUCLAS2", "HDUCLAS3", "HDUCLAS4" }) hdu.Header.Remove(keyword);
            }
        },
        ["long names alone"] = file =>
        {
            foreach (var (hdu, name) in file.Hdus.Zip(
                ["EVENTS", "GTI", "EFFECTIVE AREA", "ENERGY DISPERSION", "POINT SPREAD FUNCTION", "BACKGROUND"]))
            {
                hdu.Name = name;
                foreach (var keyword in new[] { "HDUCLASS", "HDUCLAS1", "HDUCLAS2", "HDUCLAS4" }) hdu.Header.Remove(keyword);
            }
        },
        ["ETRUE for ENERG, as in CTA-1DC"] = file =>
        {
            file.Edisp.Rename("ENERG_LO", "ETRUE_LO");
            file.Edisp.Rename("ENERG_HI", "ETRUE_HI");
        },
        ["the column BGD, as in CTA-1DC"] = file => file.Background.Rename("BKG", "BGD"),
        ["a rate with slashes"] = file => file.Background.Row("BKG", Rates(file), "1/s/MeV/sr", [6, 6, 6])
            .With("CREF7", "(DETY_LO:DETY_HI,DETX_LO:DETX_HI,ENERG_LO:ENERG_HI)"),
        ["a rate without unit"] = file => file.Background.Row("BKG", Rates(file), null, [6, 6, 6]),
        ["energies in GeV, areas in cm2"] = file =>
        {
            file.Aeff.Axis("ENERG", [.. HandMadeFile.EnergyEdges.Select(edge => edge * 1000)], "GeV");
            file.Aeff.Row("EFFAREA", HandMadeFile.Table([6, 4], (e, t) => 1e8 * (e + 1) * (1 - 0.2 * t)), "cm2", [6, 4]);
        },
        ["the energy first, as in prod5"] = file =>
        {
            file.Background.Header.Remove("CREF7");
            file.Background.Row("BKG", HandMadeFile.Table([6, 6, 6], HandMadeFile.Rate), "s-1 MeV-1 sr-1", [6, 6, 6]);
        },
        ["axes in any order that CREF names"] = file =>
        {
            file.Edisp.Row("MATRIX", Swapped(file.Edisp.Values("MATRIX"), 6, 40, 4), null, [40, 6, 4]);
            file.Edisp.With($"CREF{file.Edisp.Columns.Count}", "(MIGRA_LO:MIGRA_HI,ENERG_LO:ENERG_HI,THETA_LO:THETA_HI)");
        },
        ["axes in another order that only TDIM shows"] = file =>
            file.Edisp.Row("MATRIX", Swapped(file.Edisp.Values("MATRIX"), 6, 40, 4), null, [40, 6, 4]),
        ["no TDIM"] = file => file.Aeff.Row("EFFAREA", [.. file.Aeff.Values("EFFAREA").Select(value => (double)value)], "m2"),
        ["EVENT_ID as unsigned integers, as in CTA-1DC"] = file =>
        {
            file.Events.Drop("EVENT_ID");
            file.Events.Columns.Insert(0,
                FitsTableColumn.UInt32s("EVENT_ID", [.. Enumerable.Range(0, 300).Select(i => 4_000_000_000 + (uint)i)]));
        },
        ["detector coordinates and Monte Carlo numbers of events"] = file =>
        {
            file.Events.Columns.Add(FitsTableColumn.Singles("DETX", new float[300], "deg"));
            file.Events.Columns.Add(FitsTableColumn.Int32s("MC_ID", new int[300]));
        },
        ["live and good time for DEADC"] = file =>
        {
            file.Events.Header.Remove("DEADC");
            file.Events.With("LIVETIME", 900.0).With("ONTIME", 1000.0);
        },
        ["UTC, 64.184 s behind TT in 2000"] = file =>
        {
            file.Gti.With("TIMESYS", "UTC");
            file.Events.With("TIMESYS", "UTC");
            file.Events.Drop("TIME");
            file.Events.Columns.Add(FitsTableColumn.Doubles("TIME", [.. HandMadeFile.Times.Select(time => time - 64.184)], "s"));
            file.Gti.Columns.Clear();
            file.Gti.Columns.Add(FitsTableColumn.Doubles("START", [5000 - 64.184], "s"));
            file.Gti.Columns.Add(FitsTableColumn.Doubles("STOP", [6000 - 64.184], "s"));
        },
        ["no GTI"] = file => file.Gti.With("HDUCLAS1", "OTHER").Name = "OTHER",
    };

    public static TheoryData<string> Names => [.. SameMeaning.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_is_written_otherwise_gives_the_same_maps(string name)
    {
        var changed = new HandMadeFile();
        SameMeaning[name](changed);

        var expected = Reductions.Reduce(new HandMadeFile());
        var found = Reductions.Reduce(changed);
        if (name.StartsWith("UTC", StringComparison.Ordinal))
            Assert.Equal(expected.Gti!.Intervals[0].StartS, found.Gti!.Intervals[0].StartS, 1e-5);
        Reductions.AssertSame(
            expected with { Gti = name.StartsWith("UTC", StringComparison.Ordinal) ? found.Gti : expected.Gti }, found, 2e-6);
    }

    [Theory]
    [InlineData("a rate without unit", "no unit")]
    [InlineData("no GTI", "no GTI")]
    [InlineData("the energy first, as in prod5", "ambiguous")]
    public void What_had_to_be_assumed_is_a_warning(string name, string expected)
    {
        var changed = new HandMadeFile();
        SameMeaning[name](changed);

        Assert.Contains(Reductions.Read(changed).Warnings, warning => warning.Contains(expected, StringComparison.Ordinal));
        Assert.Empty(Reductions.Read(new HandMadeFile()).Warnings);
    }

    [Fact]
    public void A_response_with_one_offset_holds_everywhere()
    {
        var file = new HandMadeFile();
        file.Aeff.Row("THETA_LO", [0], "deg").Row("THETA_HI", [0], "deg")
            .Row("EFFAREA", HandMadeFile.Table([6, 1], (e, _) => 1e4 * (e + 1)), "m2", [6, 1]);

        var exposure = Reductions.Reduce(file).Exposure!;
        for (var j = 0; j < exposure.Geometry.PlaneCount; j++)
            foreach (var value in exposure.Plane(j)) Assert.Equal(exposure.Plane(j)[0], value);
        Assert.True(exposure.Data[0] > 0);
    }

    [Fact]
    public void The_writer_of_the_first_public_release_means_the_opposite_longitude()
    {
        var reversed = new HandMadeFile();
        reversed.Events.With("CREATOR", "SASH FITS::EventListWriter").With("HDUVERS", "0.2");
        var mirrored = new HandMadeFile();
        mirrored.Background.Row("BKG", HandMadeFile.Table([6, 6, 6], (lat, lon, e) => HandMadeFile.Rate(e, 5 - lon, lat)), "s-1 MeV-1 sr-1",
            [6, 6, 6]);
        var newer = new HandMadeFile();
        newer.Events.With("CREATOR", "SASH FITS::EventListWriter").With("HDUVERS", "0.3");

        Reductions.AssertSame(Reductions.Reduce(mirrored), Reductions.Reduce(reversed));
        Reductions.AssertSame(Reductions.Reduce(new HandMadeFile()), Reductions.Reduce(newer));
        Assert.NotEqual(Reductions.Reduce(mirrored).Background!.Data[0], Reductions.Reduce(newer).Background!.Data[0], 1e-3);
    }

    [Fact]
    public void Thresholds_that_are_absent_limit_nothing()
    {
        var file = new HandMadeFile();
        file.Aeff.Header.Remove("LO_THRES");
        file.Aeff.Header.Remove("HI_THRES");
        var range = Reductions.Range(Reductions.Read(file), Reductions.Plain);
        Assert.Equal((0, double.PositiveInfinity), (range.MinTeV, range.MaxTeV));
        var known = Reductions.Range(Reductions.Read(new HandMadeFile()), Reductions.Plain);
        Assert.Equal((0.3, 30), (known.MinTeV, known.MaxTeV));
    }

    [Fact]
    public void Events_outside_the_good_time_are_left_out_with_a_warning()
    {
        var file = new HandMadeFile();
        file.Gti.Columns.Clear();
        file.Gti.Columns.Add(FitsTableColumn.Doubles("START", [5000, 5700], "s"));
        file.Gti.Columns.Add(FitsTableColumn.Doubles("STOP", [5500, 6000], "s"));
        var observation = Reductions.Read(file);

        // Times are 5001.67, 5005, ... The 60 between 5500 and 5700 are dropped, but one within a second of an end is kept.
        Assert.Equal(240, observation.Events.Count, 1.0);
        Assert.Equal(800, observation.OnTimeS, 1e-6);
        Assert.Contains(observation.Warnings, warning => warning.Contains("outside the good time", StringComparison.Ordinal));
    }

    private static void Each(HandMadeFile file, Action<HandMadeHdu, string> change)
    {
        foreach (var hdu in file.Hdus.Where(hdu => hdu.Header.Contains("HDUCLAS4"))) change(hdu, hdu.Header.GetString("HDUCLAS4")!);
    }

    private static double[] Rates(HandMadeFile file) => [.. file.Background.Values("BKG").Select(value => (double)value)];

    /// <summary>A table whose first two axes change places.</summary>
    private static double[] Swapped(float[] values, int first, int second, int third)
    {
        var swapped = new double[values.Length];
        for (var c = 0; c < third; c++)
            for (var b = 0; b < second; b++)
                for (var a = 0; a < first; a++) swapped[(c * first + a) * second + b] = values[(c * second + b) * first + a];
        return swapped;
    }
}
