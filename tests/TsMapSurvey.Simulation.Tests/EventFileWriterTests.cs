using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.Tests;

/// <summary>Event files read back and reduced, against the instrument's formulas.</summary>
public sealed class EventFileWriterTests
{
    private static readonly MapAxis Energy = MapAxis.EnergyBins("energy", 1, 30, 3);
    private static readonly MapAxis EnergyTrue = MapAxis.EnergyBins("energy_true", 0.5, 50, 12);

    public static TheoryData<string, double> Instruments =>
        new() { { Instrument.Cherenkov.Name, 0.05 }, { Instrument.WideField.Name, 0.4 } };

    [Theory]
    [MemberData(nameof(Instruments))]
    public void A_file_is_reduced_to_what_the_instrument_is(string name, double pixelDeg)
    {
        using var folder = new TemporaryFolder();
        var (instrument, written) = Observation(name);
        var path = folder.File(written.FileName);
        new EventFileWriter(instrument).Write(path, written);

        var read = EventFile.Read(path);
        Assert.Empty(read.Warnings);
        var options = new ReductionOptions
        {
            SafeMask = [SafeMaskMethod.OffsetMax],
            OffsetMaxDeg = instrument.MaxOffsetDeg,
            Background = BackgroundMethod.None,
        };
        var image = ObservationField.Tangent(written.Pointing.Position, pixelDeg, instrument.MaxOffsetDeg);
        var target = ReductionTarget.Of(image, Energy, EnergyTrue, ReductionTarget.RadUpTo(instrument.RadBinDeg * 66));
        var found = DatasetReducer.Reduce(read, target, ObservationRange.Everything, options);
        var wanted = ResponseMaps.Create(
            instrument, written.Pointing, image, target.Psf!.Grid!, Energy, EnergyTrue, "formulas");

        Assert.Equal(wanted.LiveTimeS!.Value, found.LiveTimeS!.Value, 1e-6);
        Assert.Equal(wanted.Gti!.Intervals[0].StartS, found.Gti!.Intervals[0].StartS, 1e-6);
        // Linear interpolation between the tables' nodes, and the field's edge, beyond which tables say nothing.
        AssertClose(4e-3, wanted.Exposure!, found.Exposure!, written.Pointing.Position, instrument.MaxOffsetDeg);
        AssertClose(2e-3, wanted.Background!, found.Background!, written.Pointing.Position, instrument.MaxOffsetDeg);
        Assert.All(wanted.Edisp!.Data.Data.Zip(found.Edisp!.Data.Data).Where(pair => pair.Second != 0),
            pair => Assert.Equal(pair.First, pair.Second, 2e-3));
        AssertClose(4e-3, wanted.Psf!.Density, found.Psf!.Density, written.Pointing.Position, instrument.FieldDeg);
        Assert.Equal(Inside(written, image), found.Counts!.Data.Sum(), 2.0);
    }

    [Fact]
    public void All_columns_come_back()
    {
        using var folder = new TemporaryFolder();
        var (instrument, written) = Observation(Instrument.Cherenkov.Name);
        new EventFileWriter(instrument).Write(folder.File("a.fits"), written);
        var read = EventFile.Read(folder.File("a.fits"));
        Assert.Equal("4", read.ObservationId);
        Assert.Equal(0, written.Pointing.Position.SeparationDeg(read.Pointing), 1e-9);
        Assert.Equal(written.Events.Select(one => one.TimeS), read.Events.TimeS);
        Assert.Equal(written.Events.Select(one => (double)(float)one.EnergyTeV), read.Events.EnergyTeV);
        Assert.All(written.Events.Zip(read.Events.RaDeg), pair => Assert.Equal(pair.First.RaDeg, pair.Second, 3e-5));
        Assert.All(written.Events.Zip(read.Events.DecDeg), pair => Assert.Equal(pair.First.DecDeg, pair.Second, 3e-5));
        Assert.Equal(instrument.LowestThresholdTeV, read.EffectiveArea.LowTeV!.Value, 1e-9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_byte_for_byte_and_its_checksums_are_right()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a.fits.gz", "b.fits.gz" })
        {
            var (instrument, written) = Observation(Instrument.WideField.Name);
            new EventFileWriter(instrument).Write(folder.File(name), written);
        }

        Assert.Equal(File.ReadAllBytes(folder.File("a.fits.gz")), File.ReadAllBytes(folder.File("b.fits.gz")));
        using var file = Fits.FitsFile.Open(folder.File("a.fits.gz"));
        file.EnsureIntact();
        Assert.InRange(new FileInfo(folder.File("a.fits.gz")).Length, 1000, 300_000);
    }

    [Fact]
    public void The_index_of_a_folder_leads_to_every_observation()
    {
        using var folder = new TemporaryFolder();
        var survey = DemoStack.Simulation.Events;
        foreach (var index in new[] { 0, 3 })
            new EventFileWriter(survey.Instrument).Write(folder.File(survey.Observe(index).FileName), survey.Observe(index));
        EventIndexWriter.Write(folder.Path, survey);
        using var hdus = Fits.FitsFile.Open(folder.File(EventIndexWriter.HduFile));
        var table = (Fits.FitsTable)hdus.Hdus[1];
        Assert.Equal(50 * 6, table.RowCount);
        Assert.Equal(["events", "gti", "aeff", "edisp", "psf", "bkg"], table.Find("HDU_TYPE")!.ReadStrings().Take(6));
        Assert.Contains(survey.Observe(3).FileName, table.Find("FILE_NAME")!.ReadStrings());
        using var observations = Fits.FitsFile.Open(folder.File(EventIndexWriter.ObservationFile));
        Assert.Equal(50, ((Fits.FitsTable)observations.Hdus[1]).RowCount);
    }

    private static (Instrument Instrument, SimulatedEvents Events) Observation(string name)
    {
        var instrument = name == Instrument.Cherenkov.Name ? Instrument.Cherenkov : Instrument.WideField;
        var pointing = new Pointing(new SkyPosition(83.6, -61, SkyFrame.Icrs), 6.5e8 + 0.25, 5000);
        return (instrument, new EventSurvey(instrument, [], [pointing, pointing, pointing, pointing], 9).Observe(3));
    }

    private static int Inside(SimulatedEvents observation, SkyGrid image) => observation.Events.Count(one =>
        one.EnergyTeV >= Energy.Edges[0] && one.EnergyTeV < Energy.Edges[^1]
        && image.Contains(new SkyPosition(one.RaDeg, one.DecDeg, SkyFrame.Icrs)));

    /// <summary>Differences relative to the largest value of each plane, at pixels inside the field.</summary>
    private static void AssertClose(double tolerance, Map<double> wanted, Map<double> found, SkyPosition centre, double fieldDeg)
    {
        var grid = wanted.Geometry.Grid!;
        var isInside = Enumerable.Range(0, grid.Width * grid.Height)
            .Select(i => grid.PixelCentre(i % grid.Width, i / grid.Width) is { } at && at.SeparationDeg(centre) < fieldDeg).ToArray();
        Assert.Contains(true, isInside);
        for (var plane = 0; plane < wanted.Geometry.PlaneCount; plane++)
        {
            var (expected, values) = (wanted.Plane(plane).ToArray(), found.Plane(plane).ToArray());
            var largest = expected.Max();
            for (var i = 0; i < expected.Length; i++)
                if (isInside[i]) Assert.InRange(values[i], expected[i] - tolerance * largest, expected[i] + tolerance * largest);
        }
    }
}
