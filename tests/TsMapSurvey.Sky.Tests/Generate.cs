namespace TsMapSurvey.Sky.Tests;

/// <summary>Random valid inputs: positions with uniform density on the sphere, and headers that have a native pole.</summary>
internal static class Generate
{
    internal static readonly Gen<SkyPosition> Position =
        Gen.Select(Gen.Double[0, 360], Gen.Double[-1, 1], Gen.Enum<SkyFrame>())
            .Select((lon, z, frame) => new SkyPosition(lon, Math.Asin(z) * 180 / Math.PI, frame));

    internal static readonly Gen<double> Step = Gen.Select(Gen.Double[0.01, 2], Gen.Bool).Select((size, up) => up ? size : -size);

    internal static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    /// <summary>All projections at any position, with steps of either sign, rotated or not, with and without SIN parameters.</summary>
    internal static readonly Gen<Wcs> Wcs =
        Gen.Select(Position, Gen.Enum<Projection>(), Gen.Select(Step, Step), Gen.Double[-180, 180], Gen.Bool)
            .Select((reference, projection, steps, rotation, upright) => Header(reference, projection, steps, upright ? 0 : rotation));

    private static Wcs Header(SkyPosition reference, Projection projection, (double X, double Y) steps, double crota2)
    {
        var plain = Sky.Wcs.Create(reference.Frame, projection, reference, 10.5, -20.25, steps.X, steps.Y);
        var cards = plain.Keywords().ToDictionary(card => card.Keyword, card => card.Value);
        cards["CROTA2"] = crota2;
        if (projection == Projection.Sin && crota2 != 0) (cards["PV2_1"], cards["PV2_2"]) = (crota2 / 180, -crota2 / 200);
        return Sky.Wcs.Read(cards);
    }
}
