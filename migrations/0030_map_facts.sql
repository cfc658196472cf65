-- owner: catalogue
-- Whoever saved the page about a shop said all that the map said, too. What is as the map says it
-- is the map's again, and follows it.
UPDATE shop_word SET
    name = CASE WHEN name = (SELECT shop.name FROM shop WHERE shop.territory_id
        = shop_word.territory_id AND shop.shop_id = shop_word.shop_id) THEN '' ELSE name END,
    phone = CASE WHEN phone = (SELECT shop.phone FROM shop WHERE shop.territory_id
        = shop_word.territory_id AND shop.shop_id = shop_word.shop_id) THEN '' ELSE phone END,
    website = CASE WHEN website = (SELECT shop.website FROM shop WHERE shop.territory_id
        = shop_word.territory_id AND shop.shop_id = shop_word.shop_id) THEN '' ELSE website END,
    email = CASE WHEN email = (SELECT shop.email FROM shop WHERE shop.territory_id
        = shop_word.territory_id AND shop.shop_id = shop_word.shop_id) THEN '' ELSE email END;
