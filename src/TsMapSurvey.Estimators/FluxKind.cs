using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators;

/// <summary>
/// The kinds of flux with gammapy's names: the norm, and those that are computed from the norm and the model's spectrum (gammapy 2.1,
/// FluxMaps.flux, dnde, eflux, e2dnde and SpectralModel.reference_fluxes). Errors, limits and sensitivity have the same name with a suffix.
/// </summary>
public sealed class FluxKind
{
    private readonly Func<ISpectralModel, double, double, double> _reference;

    private FluxKind(string name, string text, string unit, Func<ISpectralModel, double, double, double> reference) =>
        (Name, Text, Unit, _reference) = (name, text, unit, reference);

    /// <summary>The flux relative to the model's.</summary>
    public static FluxKind Norm { get; } = new("norm", "Norm", "", (_, _, _) => 1);

    /// <summary>Photon flux between the edges of the energy bin.</summary>
    public static FluxKind Flux { get; } = new("flux", "Flux", "cm-2 s-1", (spectrum, low, high) => spectrum.Integral(low, high));

    /// <summary>All kinds, with the norm first.</summary>
    public static IReadOnlyList<FluxKind> All { get; } =
    [
        Norm, Flux,
        new("dnde", "dN/dE", "cm-2 s-1 TeV-1", (spectrum, low, high) => spectrum.Differential(Math.Sqrt(low * high))),
        new("eflux", "Energy flux", "TeV cm-2 s-1", (spectrum, low, high) => spectrum.EnergyIntegral(low, high)),
        new("e2dnde", "E² dN/dE", "TeV cm-2 s-1", (spectrum, low, high) => low * high * spectrum.Differential(Math.Sqrt(low * high))),
    ];

    /// <summary>Suffixes of names: none for the value, then error, lower and upper error, upper limit, sensitivity.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = ["", "_err", "_errn", "_errp", "_ul", "_sensitivity"];

    public string Name { get; }

    /// <summary>Name for labels, beginning with a capital.</summary>
    public string Text { get; }

    /// <summary>Unit in FITS notation; empty for the norm.</summary>
    public string Unit { get; }

    /// <summary>The kind with a name, which is case-sensitive; null if there is none.</summary>
    public static FluxKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The kind and the suffix of a quantity: <c>dnde_err</c> is dnde and _err. Null for a quantity that is not a flux.</summary>
    public static (FluxKind Kind, string Suffix)? Split(string quantity)
    {
        var cut = quantity.IndexOf('_', StringComparison.Ordinal) is var at and > 0 ? at : quantity.Length;
        return Find(quantity[..cut]) is { } kind && Suffixes.Contains(quantity[cut..]) ? (kind, quantity[cut..]) : null;
    }

    /// <summary>
    /// The value for norm 1 in an energy bin, in <see cref="Unit"/>. dnde and e2dnde are evaluated at the geometric mean of the edges.
    /// </summary>
    public double OfModel(SkyModel model, double lowTeV, double highTeV) => _reference(model.Spectral, lowTeV, highTeV);
}
