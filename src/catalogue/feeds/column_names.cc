#include "catalogue/feeds/column_names.h"

#include <algorithm>
#include <array>
#include <set>

#include "catalogue/feeds/cell_words.h"

namespace emplettes::catalogue {
namespace {

struct ColumnName {
    ShelfField field;
    std::string_view name;  // plain_word
};

// Sources: our neutral feed (rules.md B15); Google's product data specification
// (support.google.com/merchants/answer/7052112) and local inventory (answer/14819809); Open Food
// Network's product_list_template.csv; Medusa's product import template; the words of French till
// exports and of the fields of the FEL (alire.asso.fr).
constexpr std::array kColumnNames = std::to_array<ColumnName>({
    {ShelfField::gtin, "gtin"},
    {ShelfField::gtin, "gtin13"},
    {ShelfField::gtin, "gtin14"},
    {ShelfField::gtin, "ean"},
    {ShelfField::gtin, "ean13"},
    {ShelfField::gtin, "codeean"},
    {ShelfField::gtin, "codeean13"},
    {ShelfField::gtin, "gencod"},
    {ShelfField::gtin, "gencode"},
    {ShelfField::gtin, "isbn"},
    {ShelfField::gtin, "isbn13"},
    {ShelfField::gtin, "isbnean"},
    {ShelfField::gtin, "eanisbn"},
    {ShelfField::gtin, "upc"},
    {ShelfField::gtin, "upca"},
    {ShelfField::gtin, "barcode"},
    {ShelfField::gtin, "codebarre"},
    {ShelfField::gtin, "codebarres"},
    {ShelfField::gtin, "codeabarres"},
    {ShelfField::gtin, "variantbarcode"},
    {ShelfField::gtin, "gtinupceanorisbn"},
    {ShelfField::gtin, "gtinupceanouisbn"},
    {ShelfField::sku, "sku"},
    {ShelfField::sku, "ugs"},
    {ShelfField::sku, "reference"},
    {ShelfField::sku, "ref"},
    {ShelfField::sku, "referenceinterne"},
    {ShelfField::sku, "refinterne"},
    {ShelfField::sku, "codearticle"},
    {ShelfField::sku, "codeproduit"},
    {ShelfField::sku, "refarticle"},
    {ShelfField::sku, "refproduit"},
    {ShelfField::sku, "articlecode"},
    {ShelfField::sku, "itemid"},
    {ShelfField::sku, "variantsku"},
    {ShelfField::title, "title"},
    {ShelfField::title, "titre"},
    {ShelfField::title, "name"},
    {ShelfField::title, "nom"},
    {ShelfField::title, "designation"},
    {ShelfField::title, "libelle"},
    {ShelfField::title, "libellearticle"},
    {ShelfField::title, "libelleproduit"},
    {ShelfField::title, "intitule"},
    {ShelfField::title, "article"},
    {ShelfField::title, "produit"},
    {ShelfField::title, "product"},
    {ShelfField::title, "productname"},
    {ShelfField::title, "producttitle"},
    {ShelfField::title, "nomduproduit"},
    {ShelfField::title, "nomproduit"},
    {ShelfField::title, "nomdelarticle"},
    {ShelfField::title, "itemname"},
    {ShelfField::maker, "maker"},
    {ShelfField::maker, "author"},
    {ShelfField::maker, "authors"},
    {ShelfField::maker, "auteur"},
    {ShelfField::maker, "auteurs"},
    {ShelfField::maker, "brand"},
    {ShelfField::maker, "brands"},
    {ShelfField::maker, "marque"},
    {ShelfField::maker, "marques"},
    {ShelfField::maker, "fabricant"},
    {ShelfField::maker, "manufacturer"},
    {ShelfField::maker, "vendor"},
    {ShelfField::maker, "producer"},
    {ShelfField::maker, "producteur"},
    {ShelfField::maker, "editeur"},
    {ShelfField::maker, "publisher"},
    {ShelfField::category, "category"},
    {ShelfField::category, "categorie"},
    {ShelfField::category, "categories"},
    {ShelfField::category, "rayon"},
    {ShelfField::category, "famille"},
    {ShelfField::category, "sousfamille"},
    {ShelfField::category, "producttype"},
    {ShelfField::category, "googleproductcategory"},
    {ShelfField::category, "productcategory"},
    {ShelfField::description, "description"},
    {ShelfField::description, "descriptif"},
    {ShelfField::description, "resume"},
    {ShelfField::description, "productdescription"},
    {ShelfField::language, "language"},
    {ShelfField::language, "langue"},
    {ShelfField::condition, "condition"},
    {ShelfField::condition, "etat"},
    {ShelfField::price, "price"},
    {ShelfField::price, "prix"},
    {ShelfField::price, "priceeur"},
    {ShelfField::price, "prixeur"},
    {ShelfField::price, "pricettc"},
    {ShelfField::price, "prixttc"},
    {ShelfField::price, "pvttc"},
    {ShelfField::price, "pttc"},
    {ShelfField::price, "puttc"},
    {ShelfField::price, "prixdevente"},
    {ShelfField::price, "prixdeventettc"},
    {ShelfField::price, "prixventettc"},
    {ShelfField::price, "prixvente"},
    {ShelfField::price, "tarif"},
    {ShelfField::price, "tarifttc"},
    {ShelfField::price, "tarifregulier"},
    {ShelfField::price, "regularprice"},
    {ShelfField::price, "retailprice"},
    {ShelfField::price, "pricetaxincluded"},
    {ShelfField::price, "prixunitairettc"},
    {ShelfField::price, "unitprice"},
    {ShelfField::price, "sellingprice"},
    {ShelfField::price, "variantprice"},
    {ShelfField::price, "variantpriceeur"},
    {ShelfField::sale_price, "saleprice"},
    {ShelfField::sale_price, "tarifpromo"},
    {ShelfField::sale_price, "prixpromo"},
    {ShelfField::sale_price, "prixpromottc"},
    {ShelfField::sale_price, "prixsolde"},
    {ShelfField::sale_price, "prixremise"},
    {ShelfField::publisher_price, "prixediteur"},
    {ShelfField::publisher_price, "prixediteurttc"},
    {ShelfField::publisher_price, "prixpublic"},
    {ShelfField::publisher_price, "prixpublicediteur"},
    {ShelfField::publisher_price, "prixpublicttc"},
    {ShelfField::publisher_price, "publisherprice"},
    {ShelfField::quantity, "quantity"},
    {ShelfField::quantity, "quantite"},
    {ShelfField::quantity, "quantites"},
    {ShelfField::quantity, "qty"},
    {ShelfField::quantity, "qte"},
    {ShelfField::quantity, "qtestock"},
    {ShelfField::quantity, "qteenstock"},
    {ShelfField::quantity, "quantiteenstock"},
    {ShelfField::quantity, "quantitestock"},
    {ShelfField::quantity, "stock"},
    {ShelfField::quantity, "stockdisponible"},
    {ShelfField::quantity, "stockreel"},
    {ShelfField::quantity, "stockactuel"},
    {ShelfField::quantity, "stocktotal"},
    {ShelfField::quantity, "currentquantity"},
    {ShelfField::quantity, "available"},
    {ShelfField::quantity, "inventaire"},
    {ShelfField::quantity, "onhand"},
    {ShelfField::quantity, "stockonhand"},
    {ShelfField::quantity, "stockquantity"},
    {ShelfField::quantity, "inventorycount"},
    {ShelfField::quantity, "inventoryquantity"},
    {ShelfField::quantity, "variantinventoryqty"},
    {ShelfField::quantity, "variantinventoryquantity"},
    {ShelfField::availability, "availability"},
    {ShelfField::availability, "disponibilite"},
    {ShelfField::availability, "dispo"},
    {ShelfField::availability, "enstock"},
    {ShelfField::availability, "instock"},
    {ShelfField::availability, "eninventaire"},
    {ShelfField::book_availability, "codedispo"},
    {ShelfField::book_availability, "codedisponibilite"},
    {ShelfField::book_availability, "codedisponibilitedilicom"},
    {ShelfField::book_availability, "dispodilicom"},
    {ShelfField::book_availability, "disponibilitedilicom"},
    {ShelfField::counted_at, "updatedat"},
    {ShelfField::counted_at, "countedat"},
    {ShelfField::counted_at, "datestock"},
    {ShelfField::counted_at, "dateinventaire"},
    {ShelfField::counted_at, "datemaj"},
    {ShelfField::counted_at, "misajour"},
    {ShelfField::counted_at, "misajourle"},
    {ShelfField::sale_dates, "salepriceeffectivedate"},
    {ShelfField::currency, "currency"},
    {ShelfField::currency, "devise"},
    {ShelfField::picture, "picture"},
    {ShelfField::picture, "image"},
    {ShelfField::picture, "images"},
    {ShelfField::picture, "photo"},
    {ShelfField::picture, "imageurl"},
    {ShelfField::picture, "imagelink"},
    {ShelfField::picture, "additionalimagelink"},
    {ShelfField::picture, "urlimage"},
    {ShelfField::picture, "imagesrc"},
    {ShelfField::picture, "image1url"},
    {ShelfField::picture, "image1src"},
    {ShelfField::store_code, "storecode"},
    {ShelfField::store_code, "codemagasin"},
});

constexpr std::array kWeakNames = std::to_array<ColumnName>({
    {ShelfField::sku, "id"},
    {ShelfField::sku, "code"},
    {ShelfField::sku, "identifiant"},
    {ShelfField::sku, "offerid"},
    {ShelfField::sku, "mpn"},
    {ShelfField::sku, "numero"},
    {ShelfField::title, "displayname"},
    {ShelfField::description, "shortdescription"},
    {ShelfField::description, "descriptioncourte"},
    {ShelfField::counted_at, "date"},
});

template <std::size_t size>
ShelfField field_of(const std::array<ColumnName, size>& names, std::string_view name) {
    const std::string plain = plain_word(name);
    const auto* const found = std::find_if(names.begin(), names.end(),
                                           [&](const ColumnName& n) { return n.name == plain; });
    return found == names.end() ? ShelfField::ignored : found->field;
}

}  // namespace

ShelfField field_of_column_name(std::string_view name) { return field_of(kColumnNames, name); }

ShelfField weak_field_of_column_name(std::string_view name) { return field_of(kWeakNames, name); }

std::vector<std::string> distinct_names(const std::vector<std::string>& header) {
    std::set<std::string> taken;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string plain = header[i].empty() ? std::to_string(i + 1) : header[i];
        std::string name = plain;
        for (int n = 2; !taken.insert(name).second; ++n)
            name = plain + " (" + std::to_string(n) + ")";
        names.push_back(name);
    }
    return names;
}

}  // namespace emplettes::catalogue
