using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.Tests;

/// <summary>Drawn events against the rates that the responses predict.</summary>
public sealed class EventSimulatorTests
{
    private static readonly Pointing Pointing = new(new SkyPosition(83.6, 78, SkyFrame.Icrs), 6.4e8, 21600);

    private static readonly Instrument Instrument = Instrument.WideField;

    [Fact]
    public void Background_events_scatter_about_their_expectation_as_Poisson_numbers_do()
    {
        var simulator = new EventSimulator(Instrument, []);
        double[] counts = [.. Enumerable.Range(0, 300).Select(i => (double)simulator.Draw(Pointing, new Random(i)).Count)];
        var mean = simulator.ExpectedBackground(Pointing);
        var pulls = Array.ConvertAll(counts, count => (count - mean) / Math.Sqrt(mean));
        Assert.InRange(pulls.Average() * Math.Sqrt(pulls.Length), -4, 4);
        Assert.InRange(pulls.Average(pull => pull * pull), 1 - 4 * Math.Sqrt(2.0 / pulls.Length), 1 + 4 * Math.Sqrt(2.0 / pulls.Length));
    }

    [Fact]
    public void Background_events_fill_the_field_with_the_rate_of_the_response()
    {
        var simulator = new EventSimulator(Instrument, []);
        var events = Enumerable.Range(0, 40).SelectMany(i => simulator.Draw(Pointing, new Random(i))).ToArray();
        Assert.All(events, one => Assert.InRange(one.TimeS, Pointing.StartS, Pointing.StartS + Pointing.OnTimeS));
        foreach (var (low, high) in new[] { (1.0, 2.0), (2.0, 5.0) })
            foreach (var (inner, outer) in new[] { (0.0, 3.0), (3.0, 9.0), (9.0, 15.0), (15.0, 18.0) })
            {
                var found = events.Count(one => one.EnergyTeV >= low && one.EnergyTeV < high && Offset(one) is var offset
                    && offset >= inner && offset < outer);
                var rings = 1000;
                var expected = 0.0;
                for (var i = 0; i < rings; i++)
                {
                    var offset = inner + (outer - inner) * (i + 0.5) / rings;
                    var ringSr = 2 * Math.PI * Math.Sin(double.DegreesToRadians(offset)) * double.DegreesToRadians((outer - inner) / rings);
                    expected += Instrument.BackgroundPerSSr(low, high, offset) * ringSr * Pointing.OnTimeS * 40;
                }

                Assert.InRange((found - expected) / Math.Sqrt(expected), -4, 4);
            }
    }

    [Fact]
    public void Events_of_a_source_have_the_energies_and_distances_that_the_responses_predict()
    {
        var source = Source(10, 6e-9);
        var events = OfSource(source);
        var offset = source.Position.SeparationDeg(Pointing.Position);
        var reco = MapAxis.EnergyEdges("energy", 0.8, 1.5, 3, 10, 40);
        var fine = MapAxis.EnergyBins("energy_true", 0.1, 300, 3000);
        for (var k = 0; k < reco.BinCount; k++)
        {
            var (counts, near) = (0.0, 0.0);
            for (var j = 0; j < fine.BinCount; j++)
            {
                var rate = source.Spectrum.Integral(fine.Edges[j], fine.Edges[j + 1]) * 1e4 * Pointing.LiveTimeS
                    * Instrument.EffectiveAreaM2(fine.Centers[j], offset) * Instrument.EnergyDispersion(reco, k, fine.Centers[j]);
                counts += rate;
                near += rate * Contained(Instrument.Psf(fine.Centers[j], offset), 0.4);
            }

            var found = events.Where(one => one.EnergyTeV >= reco.Edges[k] && one.EnergyTeV < reco.Edges[k + 1]).ToArray();
            var foundNear = found.Count(one => Position(one).SeparationDeg(source.Position) < 0.4);
            Assert.True(counts > 100);
            Assert.InRange((found.Length - counts) / Math.Sqrt(counts), -4, 4);
            Assert.InRange((foundNear - near) / Math.Sqrt(near), -4, 4);
        }
    }

    [Fact]
    public void Events_of_a_source_lie_around_it_evenly_and_an_extended_one_is_wider()
    {
        var point = Source(4, 6e-10);
        var wide = point with { SigmaDeg = 0.5 };
        var (distances, wider) = (Distances(point), Distances(wide));
        // The mean square distance of two Gaussian coordinates is twice their variance.
        Assert.InRange(wider.Average(d => d * d) - distances.Average(d => d * d), 0.46, 0.54);
        var angles = OfSource(point).Select(one => double.DegreesToRadians(point.Position.PositionAngleDeg(Position(one)))).ToArray();
        var limit = 4 / Math.Sqrt(2.0 * angles.Length);
        Assert.InRange(angles.Average(Math.Cos), -limit, limit);
        Assert.InRange(angles.Average(Math.Sin), -limit, limit);
    }

    [Fact]
    public void Events_are_in_the_order_of_time_and_within_the_field_and_the_recorded_energies()
    {
        var events = new EventSimulator(Instrument, [Source(17.5, 1e-9)]).Draw(Pointing, new Random(5));
        Assert.Equal(events.OrderBy(one => one.TimeS).Select(one => one.TimeS), events.Select(one => one.TimeS));
        Assert.All(events, one => Assert.InRange(Offset(one), 0, Instrument.FieldDeg + 1e-9));
        Assert.All(events, one => Assert.InRange(one.EnergyTeV, Instrument.MinTeV, Instrument.MaxTeV));
    }

    [Fact]
    public void The_same_seed_gives_the_same_events()
    {
        var simulator = new EventSimulator(Instrument, [Source(3, 1e-10)]);
        Assert.Equal(simulator.Draw(Pointing, new Random(7)), simulator.Draw(Pointing, new Random(7)));
        Assert.NotEqual(simulator.Draw(Pointing, new Random(7)), simulator.Draw(Pointing, new Random(8)));
    }

    private static SimulatedSource Source(double offsetDeg, double amplitude) =>
        new("one", Pointing.Position.DirectionalOffset(120, offsetDeg).To(SkyFrame.Galactic), 0, new PowerLaw(2.3, amplitude));

    /// <summary>The events of a source alone, of an instrument with almost no background.</summary>
    private static SimulatedEvent[] OfSource(SimulatedSource source)
    {
        var dark = Instrument with { BackgroundAt1TeV = 1e-12 };
        return [.. new EventSimulator(dark, [source]).Draw(Pointing, new Random(11))];
    }

    private static double[] Distances(SimulatedSource source) =>
        [.. OfSource(source).Select(one => Position(one).SeparationDeg(source.Position))];

    private static SkyPosition Position(SimulatedEvent one) => new(one.RaDeg, one.DecDeg, SkyFrame.Icrs);

    private static double Offset(SimulatedEvent one) => Position(one).SeparationDeg(Pointing.Position);

    private static double Contained(PointSpread spread, double radiusDeg)
    {
        const int rings = 400;
        var sum = 0.0;
        for (var i = 0; i < rings; i++)
        {
            var r = radiusDeg * (i + 0.5) / rings;
            sum += spread.DensityPerDeg2(r) * 2 * Math.PI * r * radiusDeg / rings;
        }

        return sum;
    }
}
