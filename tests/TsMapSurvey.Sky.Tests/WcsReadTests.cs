namespace TsMapSurvey.Sky.Tests;

public sealed class WcsReadTests
{
    private static Dictionary<string, object> Plain => new()
    {
        ["CTYPE1"] = "RA---TAN",
        ["CTYPE2"] = "DEC--TAN",
        ["CRPIX1"] = 10L,
        ["CRPIX2"] = 10.5,
        ["CRVAL1"] = 83.6,
        ["CRVAL2"] = 22L,
        ["CDELT1"] = -0.1,
        ["CDELT2"] = 0.1,
    };

    public static TheoryData<string, object?, string> Faults => new()
    {
        { "CTYPE1", null, "found nothing" },
        { "CTYPE1", "RA---CSC", "one of the projections CAR, TAN, SIN, ARC, STG, ZEA, AIT, MOL, SFL, GLS, NCP" },
        { "CTYPE1", "RA---TAN-SIP", "no suffix" },
        { "CTYPE1", "ELON-TAN", "RA---xxx or GLON-xxx" },
        { "CTYPE1", "ENERGY", "a celestial longitude" },
        { "CTYPE1", "DEC--TAN", "a celestial longitude" },
        { "CTYPE1", 7L, "found 7, expected a string" },
        { "CTYPE2", "DEC--CAR", "expected 'DEC--TAN'" },
        { "CTYPE2", "GLAT-TAN", "expected 'DEC--TAN'" },
        { "CTYPE2", null, "found nothing, expected 'DEC--TAN'" },
        { "CUNIT1", "arcsec", "found 'arcsec', expected deg" },
        { "CRPIX1", "ten", "found 'ten', expected a finite number" },
        { "CRPIX2", double.NaN, "found NaN, expected a finite number" },
        { "CRVAL1", double.PositiveInfinity, "expected a finite number" },
        { "CRVAL2", 90.5, "a latitude from -90 to 90" },
        { "CDELT1", 0.0, "determinant 0" },
        { "CDELT2", true, "expected a finite number" },
        { "RADESYS", "FK4", "found 'FK4', expected ICRS or FK5" },
        { "RADECSYS", "GAPPT", "expected ICRS or FK5" },
        { "EQUINOX", 1950.0, "found 'FK4'" },
        { "EQUINOX", 1991.25, "found 1991.25, expected 2000" },
        { "CD1_1", 0.0, "determinant 0" },
        { "PV2_1", 0.3, "no distortion" },
        { "PV1_5", 45.0, "no distortion" },
        { "PV1_2", 95.0, "a latitude from -90 to 90" },
        { "PV1_1", "x", "expected a finite number" },
        { "PV1_3", "x", "expected a finite number" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_exception_has_the_keyword_what_was_found_and_what_was_expected(string keyword, object? value, string message)
    {
        var cards = Plain;
        if (value is null) cards.Remove(keyword);
        else cards[keyword] = value;
        var failure = Assert.Throws<SkyException>(() => Wcs.Read(cards));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Keyword);
        if (!message.StartsWith("determinant", StringComparison.Ordinal) && keyword != "EQUINOX") Assert.Equal(keyword, failure.Keyword);
    }

    [Fact]
    public void Both_matrices_in_one_header_are_refused()
    {
        var cards = Plain;
        cards["PC1_1"] = 1.0;
        cards["CD1_1"] = 0.1;
        Assert.Contains("both CD and PC", Assert.Throws<SkyException>(() => Wcs.Read(cards)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_poles_are_refused()
    {
        var cards = Plain;
        (cards["CTYPE1"], cards["CTYPE2"], cards["CRVAL2"], cards["LONPOLE"]) = ("RA---CAR", "DEC--CAR", -20.0, 30.0);
        var failure = Assert.Throws<SkyException>(() => Wcs.Read(cards));
        Assert.Contains("CRVAL2 -20 with LONPOLE 30", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, SkyFrame.Icrs)]
    [InlineData("ICRS", 2000.0, SkyFrame.Icrs)]
    [InlineData("icrs    ", null, SkyFrame.Icrs)]
    [InlineData("FK5", null, SkyFrame.Fk5)]
    [InlineData(null, 2000.0, SkyFrame.Fk5)]
    public void The_equatorial_frame_follows_paper_two(string? radesys, double? equinox, SkyFrame expected)
    {
        foreach (var keyword in (string[])["RADESYS", "RADECSYS"])
        {
            var cards = Plain;
            if (radesys is not null) cards[keyword] = radesys;
            if (equinox is not null) cards["EQUINOX"] = equinox;
            Assert.Equal(expected, Wcs.Read(cards).Frame);
        }
    }

    [Fact]
    public void A_galactic_header_ignores_the_equatorial_system()
    {
        var cards = Plain;
        (cards["CTYPE1"], cards["CTYPE2"], cards["RADECSYS"], cards["EQUINOX"]) = ("GLON-CAR", "GLAT-CAR", "FK5", 2000.0);
        Assert.Equal(SkyFrame.Galactic, Wcs.Read(cards).Frame);
    }

    [Fact]
    public void Absent_numbers_have_the_defaults_of_the_standard()
    {
        var wcs = Wcs.Read(new Dictionary<string, object> { ["CTYPE1"] = "GLON-CAR", ["CTYPE2"] = "GLAT-CAR" });
        Assert.Equal((0, 0, 0, 0, 1, 1), (wcs.Crpix1, wcs.Crpix2, wcs.Crval1, wcs.Crval2, wcs.Cdelt1, wcs.Cdelt2));
        Assert.Equal((1, 0, 0, 1, 0, 90), (wcs.Pc11, wcs.Pc12, wcs.Pc21, wcs.Pc22, wcs.Lonpole, wcs.Latpole));
    }

    [Fact]
    public void Further_axes_and_other_systems_of_a_header_are_ignored()
    {
        var cards = Plain;
        var plain = Wcs.Read(cards);
        foreach (var (name, value) in ((string, object)[])[
            ("WCSAXES", 3L), ("CTYPE3", "ENERGY"), ("CRVAL3", "x"), ("CRVAL1A", "x"), ("PV2_1A", 1.0), ("PV2_1", 0.0)])
            cards[name] = value;
        Assert.Equal(plain, Wcs.Read(cards));
    }

    [Fact]
    public void Pole_parameters_take_precedence_over_LONPOLE_and_LATPOLE()
    {
        var cards = Typed("SFL");
        (cards["CRVAL2"], cards["LONPOLE"], cards["LATPOLE"], cards["PV1_3"], cards["PV1_4"]) = (0.0, 45.0, -90.0, 90.0, 30.0);
        var wcs = Wcs.Read(cards);
        Assert.Equal((90.0, 30.0), (wcs.Lonpole, wcs.Latpole));
    }

    [Fact]
    public void GLS_is_SFL_with_its_reference_point_at_its_true_latitude()
    {
        var old = Wcs.Read(Typed("GLS"));
        Assert.Equal(Projection.Sfl, old.Projection);
        // y = lat, x = lon cos(lat), both from the reference point: AIPS's definition.
        Assert.True(old.TrySkyToPixel(83.6 - 5, 30, out var x, out var y));
        Assert.Equal(9 + 5 * Math.Cos(30 * Math.PI / 180) / 0.1, x, 1e-9);
        Assert.Equal(9.5 + 80, y, 1e-9);
        var written = old.Keywords().ToDictionary(card => card.Keyword, card => card.Value);
        Assert.Equal(("RA---SFL", 1.0, 0.0, 22.0), (written["CTYPE1"], written["PV1_0"], written["PV1_1"], written["PV1_2"]));

        var equator = Typed("GLS");
        equator["CRVAL2"] = 0.0;
        var same = Typed("SFL");
        same["CRVAL2"] = 0.0;
        Assert.Equal(Wcs.Read(same), Wcs.Read(equator));
    }

    [Fact]
    public void NCP_is_a_slant_SIN_onto_the_plane_of_the_equator()
    {
        var old = Wcs.Read(Typed("NCP"));
        var written = old.Keywords().ToDictionary(card => card.Keyword, card => card.Value);
        Assert.Equal(("RA---SIN", 0.0), (written["CTYPE1"], written["PV2_1"]));
        Assert.Equal(1 / Math.Tan(22 * Math.PI / 180), (double)written["PV2_2"], 1e-12);
        var equator = Typed("NCP");
        equator["CRVAL2"] = 0.0;
        Assert.Contains("NCP", Assert.Throws<SkyException>(() => Wcs.Read(equator)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_axes_have_one_projection()
    {
        var cards = Typed("GLS");
        cards["CTYPE2"] = "DEC--SFL";
        Assert.Contains("'DEC--GLS'", Assert.Throws<SkyException>(() => Wcs.Read(cards)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_a_projection_does_not_have_are_ignored_as_by_wcslib()
    {
        foreach (var code in (string[])["CAR", "ARC", "STG", "ZEA", "AIT", "MOL", "SFL"])
        {
            var cards = Typed(code);
            var plain = Wcs.Read(cards);
            cards["PV2_1"] = 0.3;
            Assert.Equal(plain, Wcs.Read(cards));
        }
    }

    [Fact]
    public void Reference_points_that_the_projection_does_not_show_are_refused()
    {
        var cards = Typed("TAN");
        (cards["PV1_0"], cards["PV1_2"]) = (1.0, -30.0);
        Assert.Contains("PV1_2", Assert.Throws<SkyException>(() => Wcs.Read(cards)).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Typed(string code)
    {
        var cards = Plain;
        (cards["CTYPE1"], cards["CTYPE2"]) = ($"RA---{code}", $"DEC--{code}");
        return cards;
    }

    [Fact]
    public void Any_text_or_number_in_a_header_throws_only_SkyException() =>
        Gen.Select(Generate.OneOf("TAN", "CAR", "SIN", "NCP", "ARC", "STG", "ZEA", "AIT", "MOL", "SFL", "GLS"), Generate.OneOf(
            [.. Plain.Keys, "LONPOLE", "LATPOLE", "CROTA2", "CD1_2", "PC2_1", "RADESYS", "EQUINOX", "CUNIT2", "PV1_0", "PV1_1", "PV1_2",
            "PV1_3", "PV1_4", "PV2_1", "PV2_2"]),
            Gen.OneOf<object>(Gen.Double.Select(value => (object)value), Gen.String.Select(value => (object)value),
                Gen.Long.Select(value => (object)value)))
            .ForSeeded((code, keyword, value) =>
            {
                var cards = Typed(code);
                cards[keyword] = value;
                try
                {
                    Wcs.Read(cards).TryPixelToSky(1, 2, out _, out _);
                }
                catch (SkyException)
                {
                    // The only exception that a header may cause.
                }
            });
}
