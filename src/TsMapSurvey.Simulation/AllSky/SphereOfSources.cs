using System.Globalization;
using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.AllSky;

/// <summary>
/// The point sources of a whole sky. The first are where maps of tiles go wrong most easily: near both poles, on both sides of right
/// ascension 0, and at corners of HEALPix cells, one of them a corner of only three cells. The others are anywhere that is observed.
/// </summary>
internal static class SphereOfSources
{
    /// <summary>Distance between sources; it is reduced down to the minimum if there is not enough space.</summary>
    private const double SeparationDeg = 7;

    private const double MinSeparationDeg = 3;
    private const int TriesPerSeparation = 2000;

    /// <summary>Range of the expected significances, which are log-uniform.</summary>
    private const double MinSqrtTs = 8, MaxSqrtTs = 24;

    /// <summary>The tiles are HEALPix cells of this order, or of the next ones.</summary>
    private const int TileOrder = 3;

    public static SimulatedSource[] Create(
        Instrument instrument, MapAxis energy, PowerLaw spectrum, IReadOnlyList<Pointing> pointings, SimulationOptions options)
    {
        var random = Seeds.Stream(options.Seed, Seeds.Sky);
        return [.. Positions(instrument, pointings, options.Sources, random).Select(position =>
        {
            var target = MinSqrtTs * Math.Pow(MaxSqrtTs / MinSqrtTs, random.NextDouble());
            var source = new SimulatedSource(Name(position), position.To(SkyFrame.Galactic), 0, spectrum);
            var factor = RingCounts.Significance(instrument, energy, source, pointings).FactorFor(target);
            return source with { Spectrum = spectrum with { Amplitude = spectrum.Amplitude * factor } };
        })];
    }

    /// <summary>Beside the four corners: on the equator, in both polar caps, and where only three cells meet (longitude 90, sin b = 2/3).
    /// </summary>
    private static IEnumerable<SkyPosition> Chosen()
    {
        SkyPosition[] corners =
        [
            new(213.75, 0, SkyFrame.Icrs), new HealpixCell(TileOrder, 45).Corners()[3], new HealpixCell(TileOrder, 700).Corners()[0],
            new(90, double.RadiansToDegrees(Math.Asin(2.0 / 3)), SkyFrame.Icrs),
        ];
        return
        [
            new(40, 89.3, SkyFrame.Icrs), new(200, -89.5, SkyFrame.Icrs), new(0.03, 20, SkyFrame.Icrs), new(359.97, -30, SkyFrame.Icrs),
            .. corners.Select(corner => corner.DirectionalOffset(30, 0.03)),
        ];
    }

    private static List<SkyPosition> Positions(Instrument instrument, IReadOnlyList<Pointing> pointings, int wanted, Random random)
    {
        bool IsObserved(SkyPosition position) =>
            pointings.Any(pointing => pointing.Position.SeparationDeg(position) < 0.8 * instrument.MaxOffsetDeg);
        var positions = Chosen().Take(wanted).Where(IsObserved).ToList();
        var (separation, tries) = (SeparationDeg, 0);
        while (positions.Count < wanted)
        {
            if (++tries > TriesPerSeparation)
            {
                (separation, tries) = (separation * 0.9, 0);
                if (separation < MinSeparationDeg) throw SimulationErrors.NoRoom(positions.Count, wanted);
            }

            var sinDec = 2 * random.NextDouble() - 1;
            var position = new SkyPosition(360 * random.NextDouble(), double.RadiansToDegrees(Math.Asin(sinDec)), SkyFrame.Icrs);
            if (positions.TrueForAll(other => other.SeparationDeg(position) >= separation) && IsObserved(position)) positions.Add(position);
        }

        return positions;
    }

    private static string Name(SkyPosition position) =>
        string.Create(CultureInfo.InvariantCulture, $"SIM J{position.LonDeg:000.00}{position.LatDeg:+00.00;-00.00}");
}
