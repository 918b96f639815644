using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Events.Tests;

/// <summary>What a file lacks, or has in a way that has no meaning, is said with HDU, column or keyword, found and expected.</summary>
public sealed class MissingPartTests
{
    private static readonly Dictionary<string, (Action<HandMadeFile> Change, string[] Said)> Cases = new()
    {
        ["no events"] = (file => Hide(file.Events), ["expected EVENTS", "HDUCLAS1"]),
        ["no effective area"] = (file => Hide(file.Aeff), ["expected an effective area", "EFF_AREA", "found the HDUs"]),
        ["no energy dispersion"] = (file => Hide(file.Edisp), ["expected an energy dispersion"]),
        ["no point spread function"] = (file => Hide(file.Psf), ["expected a point spread function"]),
        ["no background"] = (file => Hide(file.Background), ["expected a background model"]),
        ["no area"] = (file => file.Aeff.Drop("EFFAREA"), ["EFFECTIVE AREA", "found the columns ENERG_LO", "expected EFFAREA"]),
        ["no offsets"] = (file => file.Edisp.Drop("THETA_HI"), ["ENERGY DISPERSION", "expected THETA_HI"]),
        ["no kind of spread"] = (file => file.Psf.Drop("RPSF"), ["PSF", "PSF_TABLE", "PSF_KING"]),
        ["no rate"] = (file => file.Background.Drop("BKG"), ["BACKGROUND", "expected BKG or BGD"]),
        ["no energies of events"] = (file => file.Events.Drop("ENERGY"), ["EVENTS", "expected ENERGY"]),
        ["no pointing"] = (file => file.Events.Header.Remove("RA_PNT"), ["EVENTS", "keyword RA_PNT", "direction of the telescope"]),
        ["no reference time"] = (file => file.Events.Header.Remove("MJDREFI"), ["EVENTS", "MJDREFI"]),
        ["neither GTI nor times"] = (file =>
        {
            Hide(file.Gti);
            file.Events.Header.Remove("TSTART");
        }, ["TSTART", "no GTI"]),
        ["no good time"] = (file =>
        {
            file.Gti.Columns.Clear();
            file.Gti.Columns.Add(FitsTableColumn.Doubles("START", [5000], "s"));
            file.Gti.Columns.Add(FitsTableColumn.Doubles("STOP", [5000], "s"));
        }, ["no good time"]),
        ["a drift scan"] = (file => file.Events.With("OBS_MODE", "DRIFT"), ["OBS_MODE = DRIFT", "POINTING"]),
        ["a response for a point"] = (file => file.Aeff.With("HDUCLAS3", "POINT-LIKE"), ["EFFECTIVE AREA", "POINT-LIKE", "FULL-ENCLOSURE"]),
        ["a declination beyond the pole"] = (file => file.Events.With("DEC_PNT", 122.0), ["DEC_PNT", "122"]),
        ["more dead than time"] = (file => file.Events.With("DEADC", 1.2), ["DEADC", "1.2"]),
        ["a negative threshold"] = (file => file.Aeff.With("LO_THRES", -1.0), ["LO_THRES", "-1"]),
        ["another unit"] = (file => file.Aeff.Row("EFFAREA", new double[24], "s", [6, 4]), ["EFFAREA", "'s'", "m2"]),
        ["another number of values"] = (file => file.Aeff.Row("EFFAREA", new double[20], "m2", [5, 4]), ["EFFAREA", "20 values", "6 x 4"]),
        ["axes that do not fit"] = (file => file.Aeff.Row("EFFAREA", new double[24], "m2", [12, 2]), ["EFFAREA", "(12,2)", "6, 4"]),
        ["an axis that CREF does not know"] = (
            file => file.Aeff.With($"CREF{file.Aeff.Columns.Count}", "(ENERG_LO:ENERG_HI,PHI_LO:PHI_HI)"), ["CREF5", "PHI_LO", "THETA_LO"]),
        ["lengths against CREF"] = (
            file => file.Aeff.With($"CREF{file.Aeff.Columns.Count}", "(THETA_LO:THETA_HI,ENERG_LO:ENERG_HI)"), ["TDIM (6,4)", "(4,6)"]),
        ["energies in no order"] = (
            file => file.Aeff.Axis("ENERG", [0.1, 0.3, 0.2, 3, 10, 30, 100], "TeV"), ["ENERG_LO and ENERG_HI", "increasing"]),
        ["an energy of zero"] = (file => file.Aeff.Axis("ENERG", [0, 0.3, 1, 3, 10, 30, 100], "TeV"), ["ENERG_LO", "positive"]),
        ["ends of other bins"] = (file => file.Aeff.Row("ENERG_HI", [1, 2, 3], "TeV"), ["ENERG_LO and ENERG_HI", "6 and 3"]),
        ["migra as nodes"] = (file => file.Edisp.Nodes("MIGRA", [.. HandMadeFile.Migra[1..]], null), ["MIGRA_LO", "edges"]),
        ["an unknown alignment"] = (file => file.Background.With("FOVALIGN", "UPWARDS"), ["FOVALIGN", "UPWARDS", "RADEC or ALTAZ"]),
        ["two energies for an event"] = (file =>
        {
            file.Events.Drop("ENERGY");
            file.Events.Columns.Add(FitsTableColumn.Doubles("ENERGY", new double[600], "TeV", 2));
        }, ["ENERGY", "2 values in a row"]),
        ["a response without row"] = (file =>
        {
            file.Aeff.Columns.Clear();
            foreach (var column in new[] { "ENERG_LO", "ENERG_HI", "THETA_LO", "THETA_HI", "EFFAREA" })
                file.Aeff.Columns.Add(FitsTableColumn.Singles(column, [], null, 4));
        }, ["EFFECTIVE AREA", "no row"]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_said_what_is_missing_and_where(string name)
    {
        var file = new HandMadeFile();
        var (change, said) = Cases[name];
        change(file);

        var exception = Assert.Throws<MapException>(() => Reductions.Read(file));
        Assert.Contains("obs.fits", exception.Message, StringComparison.Ordinal);
        foreach (var part in said) Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_background_that_turns_needs_the_place_of_the_telescope()
    {
        var file = new HandMadeFile();
        file.Background.With("FOVALIGN", "ALTAZ");
        file.Events.Header.Remove("GEOLAT");
        var exception = Assert.Throws<MapException>(() => Reductions.Reduce(file));
        Assert.Contains("GEOLON and GEOLAT", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_background_without_events_cannot_be_scaled()
    {
        var exception = Assert.Throws<MapException>(() => Reductions.Reduce(
            new HandMadeFile(), Reductions.Plain with { OffsetMaxDeg = 0.001, Background = Reduction.BackgroundMethod.FovNorm }));
        Assert.Contains("found 0 events", exception.Message, StringComparison.Ordinal);
    }

    private static void Hide(HandMadeHdu hdu)
    {
        hdu.Name = "OTHER";
        foreach (var keyword in new[] { "HDUCLAS1", "HDUCLAS2" }) hdu.Header.Remove(keyword);
    }
}
